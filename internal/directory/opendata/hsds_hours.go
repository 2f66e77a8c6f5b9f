package opendata

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/hours"
	"parvis/internal/id"
)

// weekly is a rule of hours that holds every week alike: days and times, or days off. Holidays off may stand beside.
var weekly = regexp.MustCompile(`^(?:(?:PH|SH)(?:,(?:PH|SH))* off|(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))* )?(?:off|\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)|24/7)$`)

// days are the days of the week as iCalendar writes them, from Monday.
var days = []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}

// ordinary is a Monday without a holiday: 5 January 1970.
const ordinary = hours.Date(4)

// schedules are hours as HSDS has them: a weekly rule for each time of the day, with the whole in OpenStreetMap's syntax
// beside. Hours that no weekly rule says whole (every other week, by month, with words) are given as text alone. Times are
// those of the clock on the wall: their distance from UTC changes with the season, and a rule has one time.
func (s *Setting) schedules(of string, h directory.Hours) []HSDSSchedule {
	schedule, ok := h.Schedule()
	if !ok {
		if h.Given == "" {
			return nil
		}
		return []HSDSSchedule{{ID: id.From("schedule", of), Description: h.Given}}
	}
	text := HSDSSchedule{ID: id.From("schedule", of), Description: h.OSM}
	for rule := range strings.SplitSeq(h.OSM, "; ") {
		if !weekly.MatchString(rule) {
			return []HSDSSchedule{text}
		}
	}
	var all []HSDSSchedule
	for i, day := range schedule.Week(ordinary, hours.Holidays{}) {
		for _, span := range day.Spans {
			opens, closes := clock(span.From), clock(span.To)
			at := slices.IndexFunc(all, func(one HSDSSchedule) bool { return one.OpensAt == opens && one.ClosesAt == closes })
			if at < 0 {
				all = append(all, HSDSSchedule{ID: id.From("schedule", of, opens, closes), Freq: "WEEKLY", ByDay: days[i], OpensAt: opens, ClosesAt: closes, Description: h.OSM})
			} else {
				all[at].ByDay += "," + days[i]
			}
		}
	}
	if len(all) == 0 {
		return []HSDSSchedule{text}
	}
	return all
}

// clock is a minute of the day as HSDS writes it; one after midnight is of the next day.
func clock(minute int) string {
	if minute > 24*60 {
		minute -= 24 * 60
	}
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}
