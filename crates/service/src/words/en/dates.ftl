# Dates and times of day, all in Japan Standard Time.

dates-date = { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    } { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year } ({ $era ->
        [reiwa] Reiwa
        [heisei] Heisei
        [showa] Showa
        [taisho] Taisho
       *[meiji] Meiji
    } { $era_year })
dates-short-date = { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    } { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
dates-time = { $half_hour ->
        [0] 12
       *[other] { $half_hour }
    }:{ $minute_digits } { $half ->
        [morning] am
       *[afternoon] pm
    }
dates-times = { $from } to { $to }
dates-slot = { $date }, { $times }
dates-moment = { $date }, { $time }
dates-windows-join = { $one } and { $other }

# A number of days.
dates-days = { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
