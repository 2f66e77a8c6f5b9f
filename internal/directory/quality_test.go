package directory

import (
	"slices"
	"testing"
)

func TestQualitySaysWhatWouldRaiseIt(t *testing.T) {
	t.Parallel()
	sum := 0
	for _, rule := range qualityRules {
		sum += rule.points
	}
	if sum != 100 {
		t.Fatalf("the points of all rules are %d", sum)
	}
	p, services := entireRecord()
	services = services[:1]
	if q := QualityOf(&p, services, Fresh); q.Score != 100 || len(q.Gains) != 0 {
		t.Errorf("a whole record: %+v", q)
	}
	empty := Place{Wheelchair: WheelchairUnknown}
	q := QualityOf(&empty, nil, Undated)
	if q.Score != 0 || len(q.Gains) != len(qualityRules) || q.Gains[0].What != "confirmed" {
		t.Errorf("an empty record: %+v", q)
	}
	if !slices.IsSortedFunc(q.Gains, func(a, b Gain) int { return b.Points - a.Points }) {
		t.Errorf("the largest gain comes first: %+v", q.Gains)
	}
	for what, take := range map[string]func(*Place, *[]Service){
		"hours": func(p *Place, _ *[]Service) { p.Hours = Hours{Given: "le soir"} }, "reach": func(p *Place, _ *[]Service) { p.Contact = Contact{} },
		"address": func(p *Place, _ *[]Service) { p.Address.Street, p.Itinerant = "", false }, "wheelchair": func(p *Place, _ *[]Service) { p.Wheelchair = WheelchairUnknown },
		"fee": func(_ *Place, s *[]Service) { (*s)[0].Fee = FeeUnknown }, "entry": func(_ *Place, s *[]Service) { (*s)[0].Entry = nil },
		"about": func(p *Place, _ *[]Service) { p.About = nil }, "bring": func(p *Place, _ *[]Service) { p.Bring = nil },
	} {
		p, services := entireRecord()
		services = services[:1]
		take(&p, &services)
		q := QualityOf(&p, services, Fresh)
		if len(q.Gains) != 1 || q.Gains[0].What != what || q.Score != 100-q.Gains[0].Points {
			t.Errorf("without %s: %+v", what, q)
		}
	}
	if q := QualityOf(&p, services, Stale); q.Score != 80 || q.Gains[0].What != "confirmed" {
		t.Errorf("a stale record: %+v", q)
	}
}
