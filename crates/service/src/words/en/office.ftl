# The office page.

office-title = Talk with a job counsellor online, from home
office-lead = You meet a counsellor of { $office } online, using { $tool }. You do not need to come to the office.
office-resume = Continue your application
office-start-anew = Start a new application
office-start = Start your application
office-answer-by = If you apply now, we answer by { $moment }. If you stop half-way, you can continue within 24 hours, as long as you do not close the browser.
office-when = When you can be counselled
office-windows = On weekdays, { $windows }; not on national holidays or around New Year
office-length = Sessions last about { $shortest } to { $longest } minutes
office-complete-before = As a rule the booking must be confirmed { $days ->
        [one] { $days } day
       *[other] { $days } days
    } before the session, so please apply early.
office-complete-before-working = As a rule the booking must be confirmed { $days ->
        [one] { $days } working day
       *[other] { $days } working days
    } before the session, so please apply early.
office-complete-until = The time limit on that day is { $time }.
office-audience = How will you take part?
office-cost = Cost
office-how = How it works
office-step-apply = Apply
office-step-apply-more = Tell us your name, your jobseeker number and the times you would like.
office-step-answer = Receive our answer
office-step-answer-more = We arrange a time and tell you whether we can see you.
office-step-prepare = Prepare
office-step-prepare-more = See which display name to use, and how to join.
office-step-join = Join
office-step-join-more = At the time of your session, join as we told you.
office-telephone = Telephone
office-telephone-too = You can also apply by telephone or at our counter.
office-about = About this office
office-choose = Choose an office
office-none = No office is open here yet.

# Stops
office-stops-all = Online counselling is stopped at present
office-stops-apply = New applications are not taken at present
office-stops-join = Sessions cannot be joined at present
office-stops-group = Group sessions are stopped at present
office-stops-will-all = Online counselling will be stopped
office-stops-will-apply = New applications will not be taken
office-stops-will-join = Sessions will not be open to join
office-stops-will-group = Group sessions will be stopped
office-stops-until = Until { $until }
office-stops-planned = Planned from { $from }
office-stops-not-counted = Not being able to join does not count as a cancellation of yours.
office-stops-call = If it is urgent, please call.
