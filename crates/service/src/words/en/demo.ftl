# Pages of the demo only.

demo-title = A guide to the demo
demo-lead = In this sample office you can try everything, from an application to the end of a counselling. Nothing leaves this machine.
demo-clock-title = The demo's clock
demo-clock-now = It is now { $now }.
demo-clock-forward = { $minutes ->
        [one] One minute forward
       *[other] { $minutes } minutes forward
    }
demo-clock-next = Forward to the next session’s start ({ $start })
demo-steps-title = What to try, in this order
demo-step-apply = Apply as a jobseeker
demo-step-apply-hint = Any number such as 99990-1234567 will do as a job-seeker number.
demo-step-letters = Read the letters that arrived
demo-step-letters-hint = The demo keeps its mail on this page.
demo-step-desk = Open the inbox as a member of staff
demo-step-desk-hint = Decide on the conditions, fix a time and answer. The desk is in Japanese.
demo-step-session = Hold the session
demo-step-session-hint = Move the clock to the session’s start, join by the link of the letter, and in another window, signed in as soudan, enter the room from today’s sessions.
demo-step-today = Look at today’s sessions
demo-step-today-hint = Move the clock to the start of a session and then { $minutes } minutes further: a silent session is deemed cancelled.
demo-step-call = Record a telephone call afterwards
demo-step-call-hint = A call that came in time undoes the deemed cancellation, even when it is typed later.
demo-accounts-title = Staff accounts
demo-password = The password is the same for all.
demo-outbox-title = Letters of the demo
demo-outbox-lead = A real office sends them by e-mail, or prints them.
demo-outbox-empty = There are no letters yet.
demo-follow-link = Open the link of this letter
