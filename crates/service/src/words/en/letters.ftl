# Letters: by e-mail, on paper, read on the telephone. No name, number, reason or joining data.

letters-subject = [Receipt { $receipt }] About your online job counselling
letters-title = About your online job counselling
letters-greeting = This is a message from the online counselling window of { $office }.
letters-written = Written:

# Applying and finding a time
letters-receipt-what = We have received your application. The date and time are not settled yet.
letters-receipt-next = We will look for a time and answer you by { $due }.
letters-receipt-quote = Please quote this number when you contact us.
letters-wishes = Times you asked for
letters-wish = Choice { $rank }: { $slot }
letters-proposal-what = We propose the time below. Please tell us whether it suits you.
letters-proposal-next = We keep this time for you until { $until }.
letters-proposal-else = If we do not hear from you by then, we release it and look for another time. Your application is not cancelled.
letters-answer = How to answer
letters-answer-how = Please answer on the page linked below, or by telephone: { $telephone }.
letters-answer-link = Answer the proposal
letters-lapsed-what = We had no answer in time, so we no longer keep the time that we proposed.
letters-lapsed-next = Your application continues. We will look for another time and write to you again.
letters-declined-what = This time we are not able to offer you counselling online.
letters-declined-instead = You can still come to our counter or be counselled by telephone. Please telephone us if you wish to.
letters-reason = Reason
letters-reason-not-registered = We could not confirm that your registration as a jobseeker is complete. Our counter will help you to register.
letters-reason-no-environment = We could not confirm that you have the device and connection that online counselling needs.
letters-reason-no-need = We considered whether counselling needs to be online, and would like to offer you counselling at our counter or by telephone.
letters-reason-no-time = We could not find a time for the session.
letters-reason-duplicate = We are continuing with the application that you sent earlier.
letters-reason-outside = What you asked for is not part of job counselling.
letters-to-visit-what = We would like to counsel you at our counter instead of online.
letters-to-visit-place = The address is { $address }.
letters-to-visit-hours = The counter is open on working days from { $from } to { $to }.
letters-to-visit-next = Please telephone us to agree on a time for your visit.
letters-to-telephone-what = We would like to counsel you by telephone instead of online.
letters-to-telephone-next = We will call you. Please tell us if there are times that do not suit you, or if your telephone number has changed.
letters-withdrawn-what = Your application has been withdrawn.
letters-withdrawn-mistake = If you did not ask for this, please telephone us.
letters-apply-again = There is nothing else to do. If you would like counselling, please apply again.

# The appointment
letters-confirmation-what = Your online counselling session is confirmed.
letters-confirmation-next = Please read this message to the end before the day.
letters-reminder-what = The day of your session is near.
letters-reminder-next = If your plans have changed, please telephone us soon.
letters-change-what = Your session has changed.
letters-change-next = Please do not use the time and display name of earlier messages. Check the details below.
letters-change-stopped = The service stands still at the earlier time, for reasons on our side, and so we moved your session. This does not count as a change by you.
letters-renewed-what = There is new information on how to join.
letters-renewed-next = Please do not use what you noted before. Check your status page.
letters-reinstatement-what = Our record that your session was cancelled was a mistake. We are sorry.
letters-reinstatement-next = Your session will take place. Please check the details below.

# Cancelling and stopping
letters-cancellation-what = As you told us, the session below has been cancelled.
letters-cancellation-mistake = If you did not ask for this, please telephone us.
letters-deemed-what = We found no contact from you when { $grace } minutes had passed from the start, so the session below is treated as cancelled.
letters-deemed-object = If you had called by then, or were waiting on the meeting's screen, please telephone us. We will check and correct this.
letters-deemed-alone = Staff decide whether later applications are declined; this is never automatic.
letters-undone-what = We have confirmed that you contacted us or joined in time. The session is no longer treated as cancelled, and does not count as a cancellation without contact.
letters-undone-open = Your session will take place. Please check the details below.
letters-undone-over = If you would like a new time, please telephone us.
letters-stopped-what = We are sorry. For reasons on our side, the session below cannot take place.
letters-new-time-first = We will offer you a new time before anybody else. Please wait for our message.
letters-not-counted = This does not count as a cancellation by you.
letters-stop-planned-what = For reasons on our side, online counselling is planned to stand still at the time of the session below.
letters-stop-planned-next = We will contact you about a new time. You need not do anything. Please wait for our message.
letters-stop-lifted-what = Online counselling will not stand still after all.
letters-stop-lifted-next = Your session takes place as arranged. Check the details below.
letters-displaced-what = We have checked our records, and your session is no longer treated as cancelled.
letters-displaced-why = However, the same time was given to another booking before we knew. We are sorry.

# What a session needs
letters-time = Date and time (Japan)
letters-time-proposed = Proposed date and time (Japan)
letters-time-was = The session in question (Japan)
letters-slot = { $slot }
letters-alias = Your display name for this session
letters-alias-use = Enter exactly this display name as your name in { $tool }.
letters-alias-no-name = Do not enter your real name.
letters-alias-once = It is used for this session only.
letters-joining = How to join
letters-joining-from = What you need to join will be shown on your status page from { $from }.
letters-joining-now = Please see your status page for what you need to join.
letters-joining-room = You join by browser, without an app. Your status page lets you in from { $from }.
letters-joining-telephone = The office calls you when it is time.
letters-joining-why = For your safety it is not written in this message.
letters-page = Your status page
letters-page-before = Until we answer, you can change the times you asked for or withdraw your application.
letters-page-state = You can check at any time where things stand.
letters-page-secret = The link is for you alone. Please do not share or forward it.
letters-page-link = Open your status page
letters-absence = If you need to cancel or will be late
letters-absence-call = Please telephone us. The number is { $telephone }.
letters-absence-grace = If { $grace } minutes pass from the start without contact, the session is treated as cancelled.
letters-absence-online = You can also cancel on your status page.
letters-trouble = If something does not work
letters-trouble-call = If you cannot get in, or there is no sound or picture, please telephone us at once. The number is { $telephone }.
letters-trouble-instead = We can continue by telephone instead.
letters-cost = Cost
letters-recording = No recording
letters-recording-ban = Recording sound or video, or capturing the screen, is not allowed in any way.
letters-recording-assistants = Please do not use AI note-taking, transcription or summaries either.
letters-closing = Contact
letters-closing-call = The telephone number is { $telephone }.
letters-closing-astray = If this message was not meant for you, please do not open the link, and tell us by telephone.

# On paper and on the telephone
letters-data-meeting = Meeting ID: { $number }
letters-data-passcode = Passcode: { $passcode }
letters-data-secret = Please do not give this information to anybody else.
letters-aloud-title = To be read on the telephone
letters-aloud-hint = First make sure who is on the line. Then read from the top, one sentence at a time.
letters-aloud-item = { $heading }: { $what }.
letters-aloud-meeting = Meeting ID
letters-aloud-passcode = Passcode
letters-aloud-small = small { $letter }
letters-aloud-capital = capital { $letter }
letters-aloud-at = at sign
letters-aloud-hyphen = hyphen
letters-aloud-underscore = underscore
letters-aloud-asterisk = asterisk

# The calendar
letters-calendar-title = Online meeting
letters-calendar-alias = Display name: { $alias } (do not enter your real name)
letters-calendar-call = To cancel, or if you are late: { $telephone }
letters-calendar-joining = How to join: open your status page with the link in our letter.

# お知らせの種類
letters-kind-receipt = Application received
letters-kind-proposal = Another time proposed
letters-kind-proposal-lapsed = Proposal lapsed
letters-kind-declined = Declined
letters-kind-converted = Visit or telephone instead
letters-kind-withdrawn = Application taken back
letters-kind-confirmation = Time confirmed
letters-kind-reminder = Reminder of the day before
letters-kind-change = Time changed
letters-kind-joining-data = How to join
letters-kind-cancellation = Cancelled
letters-kind-deemed-cancelled = Deemed cancelled
letters-kind-deeming-undone = Deemed cancellation undone
letters-kind-reinstatement = Booking restored
letters-kind-stopped-by-office = Called off by the office
letters-kind-displaced = A new time is owed
letters-kind-stop-planned = Planned stop of the service
letters-kind-stop-lifted = Stop of the service called off
letters-use-declined-what = An appointment was cancelled because nobody got in touch. From { $from } to { $review } the office does not take applications for online counselling from you.
letters-use-declined-else = Counselling at the office stays open to you.
letters-use-declined-object = If there was a reason, or this is not what happened, please call the number below. The person in charge decides again.
letters-use-ended-what = The terms of use were not kept, and so the office ends your use of online counselling.
letters-kind-use-declined = Later applications declined
letters-kind-use-ended = Use ended
letters-reason-use-declined = An earlier appointment was cancelled because nobody got in touch. At present the office does not take applications from you.
letters-reason-use-ended = The office would like to talk about this application on the telephone.
letters-objection-declining = You objected to our decision not to take applications for online counselling from you. The person in charge has decided again.
letters-objection-ending = You objected to our decision to end your use of online counselling. The person in charge has decided again.
letters-objection-kept = The decision stays as it is.
letters-objection-lifted = The decision is withdrawn.
letters-objection-apply = You can apply for online counselling again.
letters-objection-changed-declining = The time is shortened: we take no applications from you until { $review }.
letters-objection-changed-ending = We will look at the decision again on { $review }, earlier than planned.
letters-objection-why = If you want to hear the reasons, please call the number below.
letters-objection = How to object
letters-objection-how = You can also write and send your objection on your page.
letters-kind-objection-answered = Answer to an objection
letters-reason-no-seat = No seat was left, or the group session is not held. You are welcome in another one, or for counselling by yourself.
