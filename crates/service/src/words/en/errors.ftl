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
errors-visit-title = Please open the link again
errors-visit-body = To keep your information safe, the status page closes after some time. Open it again by the link in our message, or the link that you kept.
errors-stale-title = This page is out of date
errors-stale-body = It has been open for some time, or something changed on another page. Nothing you sent was saved. Open the latest page and try again.
errors-start-again = Go to the first page
errors-try-again = Try again
errors-go-back = Go back to the form
