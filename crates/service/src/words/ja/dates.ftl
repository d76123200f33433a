# 日付と時刻。書き方は言語ごとに違う。

dates-date = { $year }年（{ $era ->
        [reiwa] 令和
        [heisei] 平成
        [showa] 昭和
        [taisho] 大正
       *[meiji] 明治
    }{ $era_year ->
        [1] 元
       *[other] { $era_year }
    }年）{ $month }月{ $day }日（{ $weekday ->
        [1] 月
        [2] 火
        [3] 水
        [4] 木
        [5] 金
        [6] 土
       *[7] 日
    }曜日）
dates-short-date = { $month }月{ $day }日（{ $weekday ->
        [1] 月
        [2] 火
        [3] 水
        [4] 木
        [5] 金
        [6] 土
       *[7] 日
    }）
dates-time = { $hour }時{ $minute_digits }分
dates-times = { $from }から{ $to }まで
dates-slot = { $date }{ $times }
dates-moment = { $date }{ $time }
dates-windows-join = { $one }と{ $other }

# 日数。
dates-days = { $days }日
