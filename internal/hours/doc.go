// Package hours reads opening hours as OpenStreetMap writes them ("Mo-Fr 09:00-12:00,14:00-17:30; PH off"), says
// whether a place is open at an instant, until when or when next, and lays out a week.
//
// It reads weekdays and their ranges, nth weekdays of a month, several spans a day, spans past midnight, open ends,
// months, dates, years, weeks and their steps, PH and SH, off, closed, unknown, comments, and rules joined by ";", ","
// and "||". The source is the specification at wiki.openstreetmap.org/wiki/Key:opening_hours/specification. Sunrise,
// easter, offsets of holidays and single instants are not read: Parse gives an *Error, and the caller keeps the text
// and shows it as it is.
//
// What always holds:
//   - Hours are wall-clock hours. At takes the zone from the instant it is given, so give it the place's own time. A
//     place is open while the clock on its wall shows an open minute: an hour that daylight saving skips is not
//     served, an hour that it repeats is served twice.
//   - Three states: open, closed, unknown. A rule with a comment and no state is unknown ("by appointment" may or may
//     not let you in), and so is an open end. On a public holiday that the hours do not speak of, what would be open
//     is unknown: nobody said it, and people who come to a locked door were told wrong.
//   - Text is canonical: Parse of it gives the same schedule, and Text of that the same text.
//   - Nothing panics or takes long, whatever the text: it comes from outside.
package hours
