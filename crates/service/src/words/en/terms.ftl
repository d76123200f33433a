# Terms of use.

terms-title = Terms of use
terms-version = Version { $version }, in force from { $date }
terms-not-in-force = This is not the version in force.
terms-translation = The Japanese text is the authoritative one. This translation is for reading.
terms-others = Other versions
terms-to-office = Office page
