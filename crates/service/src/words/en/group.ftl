# Group sessions (seminars and the like), together with other users.

group-title = Group sessions, such as seminars
group-lead = You take part together with other jobseekers. The time is fixed.
group-free = Free seats: { $seats }
group-full = Every seat is given. If you apply, we answer in the order of receipt when a seat becomes free.
group-until = Applications until { $until }
group-apply = Apply for this group session
group-this = The group session you apply for
group-about = What it is about
group-others = Others take part
group-others-what = Other jobseekers take part in this session. Use your display name only, and show neither your real name nor how to reach you.
group-ease = Do not say or do anything that makes others feel ill at ease.
group-stays = What you hear of others here stays here: do not tell or write it elsewhere.
group-between = What happens between those who take part
group-fixed = The time is fixed for the whole group. If you cannot come, take your application back or call us.

# Letters
group-receipt-what = We have received your application. A seat is not settled yet.
group-receipt-next = We will see whether there is a seat and answer you by { $due }.
group-confirmation-what = You have a seat in the group session.
group-status-received = Please wait for our answer. We are seeing whether there is a seat.
