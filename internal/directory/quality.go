package directory

// Quality is how well a record serves those who read it, from 0 to 100, and what would raise it.
type Quality struct {
	Score int
	Gains []Gain // the largest first
}

// Gain is something that would make a record better.
type Gain struct {
	What   string // a word of the catalogue: directory.quality.WHAT
	Points int
}

// qualityRule is one thing that a good record has. The points of all rules are 100.
type qualityRule struct {
	what   string
	points int
	has    func(p *Place, services []Service, f Freshness) bool
}

// qualityRules are ordered by what people miss most when it is not there.
var qualityRules = []qualityRule{
	{"confirmed", 20, func(_ *Place, _ []Service, f Freshness) bool { return f == Fresh || f == ToConfirm }},
	{"hours", 20, func(p *Place, _ []Service, _ Freshness) bool { return p.Hours.OSM != "" }},
	{"reach", 15, func(p *Place, _ []Service, _ Freshness) bool {
		return len(p.Contact.Phones)+len(p.Contact.Mails)+len(p.Contact.Sites) > 0
	}},
	{"services", 10, func(_ *Place, services []Service, _ Freshness) bool { return len(services) > 0 }},
	{"fee", 8, func(_ *Place, services []Service, _ Freshness) bool {
		return each(services, func(s *Service) bool { return s.Fee != FeeUnknown })
	}},
	{"address", 7, func(p *Place, _ []Service, _ Freshness) bool {
		return p.Itinerant || p.Address.Street != "" && p.Address.Town != "" || p.Kind == "online" || p.Kind == "phone-line"
	}},
	{"wheelchair", 7, func(p *Place, _ []Service, _ Freshness) bool { return p.Wheelchair != WheelchairUnknown }},
	{"entry", 5, func(_ *Place, services []Service, _ Freshness) bool {
		return each(services, func(s *Service) bool { return len(s.Entry) > 0 })
	}},
	{"about", 4, func(p *Place, _ []Service, _ Freshness) bool { return len(p.About) > 0 }},
	{"bring", 4, func(p *Place, _ []Service, _ Freshness) bool { return len(p.Bring) > 0 }},
}

func each(services []Service, f func(*Service) bool) bool {
	for i := range services {
		if !f(&services[i]) {
			return false
		}
	}
	return len(services) > 0
}

// QualityOf weighs a record. A record that is not there any more has no quality to raise.
func QualityOf(p *Place, services []Service, f Freshness) Quality {
	var q Quality
	for _, rule := range qualityRules {
		if rule.has(p, services, f) {
			q.Score += rule.points
		} else if !p.IsGone() {
			q.Gains = append(q.Gains, Gain{rule.what, rule.points})
		}
	}
	return q
}

// Quality weighs a record as its page tells it.
func (s *Sheet) Quality() Quality { return QualityOf(&s.Place, s.Services, s.Freshness) }
