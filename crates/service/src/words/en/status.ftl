# The status page. Sentences that stand in letters too are in letters.ftl.

status-title = Your status page
status-to-page = Your status page

# Opening the link
status-link-title = Open your status page
status-link-body = Press the button to see your application. If there are people around you, make sure they cannot see your screen.
status-link-open = Open the status page
status-link-shared = On a computer that others use, press "Stop viewing" at the end of the status page when you are done.

# Received
status-received-title = We have received your application
status-received-next = What happens next
status-received-not-settled = The date and time are not settled yet.
status-received-email = We also write to you by e-mail.
status-received-link = The link of your status page
status-received-link-keep = You see our answer by this link. You cannot come back to this page later, so please keep the link.
status-received = We are looking for a time
status-overdue = Our answer is later than we promised. We are sorry. If it is urgent, please telephone us.

# Finding a time
status-proposed = We propose a time
status-proposal-accept = Book this time
status-proposal-refuse = Ask for another time
status-wishes-title = Change the times you asked for
status-wishes-send = Change to these times
status-withdraw-title = Withdraw the application
status-withdraw-body = If you withdraw, we stop looking for a time. It costs nothing, and you can apply again.
status-withdraw-do = Withdraw
status-keep = Go back without cancelling

# The appointment
status-confirmed = Your session is confirmed
status-confirmed-next = Please read how to join, below, before the day.
status-today = Your session is today
status-today-next = Please get ready a little before the start.
status-started = It is time
status-started-next = Please join now. If you cannot join or will be late, telephone us.
status-in-contact = You have been in touch with us
status-in-contact-next = Your session is kept. Join as described below as soon as you can.
status-present = We have seen you arrive
status-present-next = Please keep the screen open until the counsellor lets you in.
status-held = Your session is over
status-by-telephone = You were counselled by telephone
status-trouble = The session could not be held because of trouble with the device or connection
status-trouble-next = You can agree on another time or be counselled by telephone. Please telephone us.
status-offices-trouble = We are sorry. The session could not be held because of trouble on our side
status-called-off = Your session is cancelled
status-deemed-cancelled = Your session is treated as cancelled
status-deemed-next = We found no contact from you when { $grace } minutes had passed from the start.
status-stopped-by-office = We are sorry. The office had to call the session off
status-displaced = We will agree on a new time with you
status-unrecorded = The day of your session has passed

# Joining
status-join = Open { $tool } and join
status-join-from = What you need to join is shown behind the button below, from { $from }.
status-alias-how = How to set the display name
status-alias-how-app = When you join, { $tool } shows a field for your name. Delete what is there, write the display name above, then join.
status-alias-copy = You do not need to type the Japanese characters: press the display name above to select it, copy it, and paste it into the field for your name.
status-alias-how-before = If you came in under another name, do not worry: choose "Rename" and correct it.
status-close-others = Close apps that you do not need during the session. Screen readers and captions are welcome.
status-calendar = Add to your calendar (ics file)
status-calendar-remove = Take it out of your calendar (ics file)
status-again = Make a new application

# Cancelling
status-cancel-title = Cancel the session
status-cancel-here = You can do it on this page.
status-cancel-online = You can cancel with the button below, or by telephone.
status-cancel-do = Cancel the session
status-cancel-no-telephone = If you cannot telephone, somebody may call for you, or you can use the telephone relay service.

# Computers that others use
status-leave-hint = On a computer or device that others use too, stop viewing when you are done.
status-leave = Stop viewing
status-objection-title = If you object to the decision
status-objection-declined = From { $from } to { $review } we do not take applications for online counselling from you.
status-objection-ended = We have ended your use of online counselling.
status-objection-how = Please write what happened, or what you think is not true. Another person in charge than the one who decided will decide again and tell you. You can also object by telephone, at the counter or by post.
status-objection-words = What you want to tell us
status-objection-send = Send the objection
status-objection-waiting = We have your objection. The person in charge will decide again and tell you.
status-terms-deemed = When you join the next time, you are taken to agree to the new terms ({ $version }).

# 関係する機関との共有
status-sharing-title = Sharing with other bodies
status-sharing-ask = May we share information about you with this body?
status-sharing-partner = With whom
status-sharing-items = What
status-sharing-purpose = What for
status-sharing-no-harm = If you say no, nothing changes in the counselling. After a yes, you can take it back on this page at any time.
status-sharing-give = Yes, share it
status-sharing-refuse = No, do not share it
status-sharing-given = You said yes.
status-sharing-agreed = What you agreed to
status-sharing-refused = You said no. It is not shared.
status-sharing-withdrawn = You took it back. Nothing more is shared.
status-sharing-shared = Shared on { $moment }.
status-sharing-told = The body has been told that you took it back.
status-sharing-will-tell = We will tell the body that you took it back.
status-sharing-withdraw = Take my consent back
status-sharing-item-name = Your name
status-sharing-item-contact = Telephone number and e-mail address
status-sharing-item-work-wishes = The work you wish for, and how you wish to work
status-sharing-item-experience = Your work so far, and qualifications
status-sharing-item-accommodation = What you need at work
status-sharing-item-course = What was talked about in the counselling
status-sharing-item-plan = The plan for further support
status-sharing-purpose-joint-support = To plan the support together
status-sharing-purpose-referral = So that you get support from that body
status-sharing-purpose-workplace = To arrange what you need at work
status-sharing-purpose-follow-up = To support you after you have found work
