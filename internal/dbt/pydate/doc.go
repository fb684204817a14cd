// Package pydate gives templates Python's dates and times: the values of date,
// timestamp and interval columns, and the modules `datetime` and `pytz`.
//
// Names, printing, arithmetic, comparison and strftime follow Python's datetime.
// Years run from 1 to 9999. Naive moments carry no zone and do not compare with
// aware ones. The clock is the module's own, given to NewDatetime.
package pydate
