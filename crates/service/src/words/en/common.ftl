# Words that stand on every page.

common-service-name = Online job counselling
common-office-line = { $office } counselling window
common-skip = Skip to main content
common-languages = Language
common-language-japanese = 日本語
common-language-easy = やさしい日本語
common-language-english = English

# Buttons and links
common-next = Continue
common-back = Back
common-ways = Ways out
common-change = Change
common-change-this = Change { $item }
common-confirm = Confirm
common-send = Send
common-save = Save
common-close = Close
common-print = Print this page
common-yes = Yes
common-no = No
common-unsure = I do not know
common-not-applicable = Does not apply
common-quick-exit = Leave this page
common-quick-exit-hint = Goes to a weather forecast.

# Form fields
common-required = Required
common-optional = Optional
common-error-prefix = Error:{ " " }
common-error-summary-title = { $count ->
        [one] There is a problem with { $count } answer
       *[other] There are problems with { $count } answers
    }
common-notice = Notice
common-warning = Please note
common-success = Done
common-receipt-number = Receipt number
common-steps = Steps
common-step-done = Done
common-step-now = You are here
common-step-later = To come
common-help = More about this

# Cost and telephone
common-free = Counselling is free of charge.
common-cost-reminder = Counselling is free of charge. You pay for your own internet connection. Take care if your contract charges by the amount of data you use.
common-cost-amount = A video session uses about { $megabytes } MB of data in { $minutes } minutes.
common-telephone = Telephone
common-telephone-hours = Open on working days from { $from } to { $to }
common-cancel-by-telephone = To cancel, please telephone us.
common-questions-by-telephone = If anything is unclear, please telephone us.
common-tool-by-hand = Zoom
common-tool-room = the online counselling room
common-tool-questions = We help you to use these pages and to join. We cannot answer questions about { $tool } as a product.
common-tool-download = Download page of { $tool }
common-tool-test = Test page of { $tool }

# Foot of the page
common-footer = About this page
common-terms-link = Terms of use
common-accessibility-link = Accessibility
common-privacy-link = Personal information
common-ownership = Rights in the contents of this service belong to { $office }.
common-demo-notice = This is a demonstration. Nothing you send reaches a real office.

# Roles of staff
common-role-coordinator = Coordinator
common-role-counsellor = Counsellor
common-role-manager = Manager
common-role-records-officer = Records officer
common-role-administrator = Administrator
