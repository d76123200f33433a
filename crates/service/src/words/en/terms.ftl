# Terms of use.

terms-title = Terms of use
terms-version = Version { $version }, in force from { $date }
terms-not-in-force = This is not the version in force.
terms-translation = The Japanese text is the authoritative one. This translation is for reading.
terms-japanese-only = The office has these terms in Japanese only.
terms-renumbered = The number of the cited article is the one of that time. Today it is article { $article }-{ $branch } of the Employment Security Act.
terms-others = Other versions
terms-to-office = Office page
terms-compare = Compare with this version
terms-changes-title = What changed in the terms of use
terms-changes-from = Earlier: { $version }
terms-changes-to = Later: { $version }
terms-changes-none = The text has not changed.
terms-changes-before = Earlier text
terms-changes-after = Later text
terms-changes-added = This was added.
terms-changes-removed = This was taken out.
terms-changes-whole = The whole text
terms-audiences = Terms for others
terms-coming = The terms of use change from { $date }. Using the service on or after that day counts as agreeing to the new terms.
