# Pages for when something did not work.

errors-missing-title = Page not found
errors-missing-body = Check that the address is correct. The link may have expired, or the page may have been removed.
errors-forbidden-title = You cannot see this page
errors-forbidden-body = You do not have permission to see this page.
errors-method-title = This cannot be done
errors-method-body = Go back to the previous page and try again.
errors-too-large-title = What you sent is too large
errors-too-large-body = Shorten the text or use a smaller file, then send it again.
errors-unprocessable-title = Check your answers
errors-unprocessable-body = Something cannot be accepted. Go back to the previous page and correct it.
errors-fault-title = Sorry, there is a problem
errors-fault-body = The problem is on our side. Wait a moment and try again. If it goes on, telephone us and tell us the number below.
errors-fault-reference = Reference: { $reference }
errors-busy-title = The service is busy
errors-busy-body = Nothing has been changed. Wait a moment and try again.
errors-expired-link-title = This link can no longer be used
errors-expired-link-body = The link has expired, or we have sent you a newer one. Open the link in the latest message from us.
errors-stale-title = This page is out of date
errors-stale-body = Something changed after you opened this page. Nothing has been altered by you. Look at the latest page and try again.
errors-session-title = Please start again
errors-session-body = You did nothing for a while, so we closed your session to keep your information safe.
errors-start-again = Go to the first page
errors-try-again = Try again
errors-go-back = Go back to the previous page
