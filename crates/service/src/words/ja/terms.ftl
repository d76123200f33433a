# Terms of use and consent.
