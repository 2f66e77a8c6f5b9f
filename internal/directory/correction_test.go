package directory

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parvis/internal/geo"
	"parvis/internal/i18n"
)

func TestTimesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"": "", "09:00-12:00": "09:00-12:00", "9h-12h": "09:00-12:00", "9h-12h et 14h à 17h30": "09:00-12:00, 14:00-17:30",
		"9–12, 14–18": "09:00-12:00, 14:00-18:00", "de 9 h 30 à 12 h": "09:30-12:00", "9.00-17.00": "09:00-17:00",
		"from 9:00 to 12:00 and 13:00 to 15:00": "09:00-12:00, 13:00-15:00", "09:00–11:30、14:00–17:00": "09:00-11:30, 14:00-17:00",
		"上午": "?", "9点至12点": "09:00-12:00", "8 giờ đến 11 giờ 30": "08:00-11:30", "de la 9 până la 12": "09:00-12:00",
		"22:00-02:00": "22:00-02:00", "fermé": "", "Closed": "", "închis": "", "nghỉ": "", "休息": "", "—": "", "00:00-24:00": "00:00-24:00",
		"12:00-9:00": "?", "9:00": "?", "25:00-26:00": "?", "9:75-10:00": "?", "morning": "?", "9-12, 11-14": "?", "24:30-25:00": "?",
	} {
		spans, ok := readTimes(typed)
		got := showTimes(spans)
		if !ok {
			got = "?"
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
		if again, ok := readTimes(got); ok && showTimes(again) != got {
			t.Errorf("%q shown and read again is %q", got, showTimes(again))
		}
	}
}

func TestHoursAreLaidOutAsAWeekOnlyWhenTheyAreOne(t *testing.T) {
	t.Parallel()
	for osm, monday := range map[string]string{
		"":                              "",
		"Mo-Fr 09:00-12:00,14:00-17:00": "09:00-12:00, 14:00-17:00",
		"Mo-Fr 09:00-12:00; PH off":     "09:00-12:00",
		"Mo-Fr 09:00-12:00; Sa 10:00-12:00; PH off; SH off": "09:00-12:00",
		`Mo-Fr 09:00-12:00 "sur rendez-vous"; PH off`:       "09:00-12:00",
		"24/7":                                   "?", // said in words
		"Tu[1,3] 14:00-16:00":                    "?",
		"Jul-Aug Mo-Fr 09:00-12:00":              "?",
		"Mo 09:00-12:00; PH 10:00-11:00":         "?",
		`Mo 09:00-12:00 "a"; Tu 09:00-12:00 "b"`: "?",
		"Mo 09:00+":                              "?",
		"quand la lumière est allumée":           "?",
	} {
		days, weekly := daysOf(ReadHours(osm))
		got := days[0]
		if !weekly {
			got = "?"
		}
		if got != monday {
			t.Errorf("%q: Monday is %q, want %q", osm, got, monday)
		}
	}
}

// entireRecord is a place with everything that a record can hold, beyond what any form shows.
func entireRecord() (Place, []Service) {
	return Place{
			ID: "a", Kind: "library", Name: i18n.Text{"fr": "Médiathèque", "zh": "图书馆"}, About: fr("Deux\nlignes"), Bring: i18n.Text{"fr": "Une pièce d’identité", "en": "An identity card"},
			Address: Address{Street: "1 rue", More: "2e", Postcode: "59000", Town: "Lille", Unit: "59-lille"}, Point: &geo.Point{Lat: 50.5, Lon: -3.25},
			Contact: Contact{Phones: []Phone{{Number: "+33353010012", Note: "le matin"}, {Number: "+33353010013"}}, Mails: []string{"a@nord.example", "b@nord.example"}, Sites: []string{"https://a.example/x"}},
			Hours:   ReadHours(`Mo-Fr 09:00-12:00 "sur rendez-vous"; PH off`), Wheelchair: WheelchairPartly, Access: "https://a.example/in", Languages: []string{"fr", "vi"},
			Equipment: []Equipment{{Code: "computer", Number: 2}}, Itinerant: true, Labels: []string{"Un", "Deux"}, Register: "R", Said: []Said{{"typologie", "AUTRE"}},
			Record: Record{Source: Source{Name: "Hinaura", ID: "7", URL: "https://h.example/7", Updated: today}, Print: "p"},
		}, []Service{
			{ID: "s1", Place: "a", Name: fr("Impôts"), Details: fr("Détails"), Needs: []string{"tax"}, Audiences: []string{"women"}, Ways: []string{WayPhone}, Entry: []string{EntryAppointment},
				Fee: FeePaid, FeeNote: i18n.Text{"fr": "5 €", "en": "€5"}, Languages: []string{"en"}, Hours: ReadHours("Tu 10:00-11:00"), Booking: "https://a.example/r", Capacity: Capacity{Left: 2, Said: today, Until: today.AddDate(0, 0, 3)}},
			{ID: "s2", Place: "a", Name: fr("Emploi"), Needs: []string{"job"}, Ways: []string{WayCounter}, Fee: FeeUnknown},
		}
}

// TestAFormSentAsItWasShownChangesNothing is the property that nothing is lost: whatever hours, texts and addresses a
// record has, and in whatever language it is read, the form as it is shown gives the same record, bit for bit; and each
// change of one field leaves every other part as it was.
func TestAFormSentAsItWasShownChangesNothing(t *testing.T) {
	t.Parallel()
	s := north(t)
	hoursSeen := []string{"", "Mo-Fr 09:00-12:00", "24/7", "Tu[1,3] 14:00-16:00; PH off", "Mo,We 09:00-12:00,14:00-18:30; Sa 22:00-02:00; PH off", "sur rendez-vous, le soir", "Jul-Aug Mo 09:00-10:00", `Sa 10:00-12:00 "café"; SH off`, "Mo 09:00+"}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 7))
		one := func() (Place, []Service) { return variant(rand.New(rand.NewPCG(seed, 8)), hoursSeen) }
		p, services := one()
		untouched, untouchedServices := one()
		c := s.CorrectionOf(&p, services, i18n.Languages[r.IntN(5)])
		changed, which, err := c.apply(s, &p, services)
		if err != nil || changed || len(which) > 0 || text(p) != text(untouched) || text(services) != text(untouchedServices) {
			t.Fatalf("seed %d: a form as it was shown changed the record: %v %v %v\n%s\n%s", seed, changed, which, err, text(p), text(untouched))
		}
		field := r.IntN(6)
		switch field {
		case 0:
			c.Days, c.Words = [7]string{"08:00-11:00"}, ""
		case 1:
			c.Phones += "\n03 53 01 00 99"
		case 2:
			c.Mails = "neu@nord.example"
		case 3:
			c.Sites = ""
		case 4:
			c.Bring += " et un stylo"
		case 5:
			c.Services[0].Fee = FeeConditional
		}
		if _, _, err := c.apply(s, &p, services); err != nil {
			t.Fatalf("seed %d, field %d: %v", seed, field, err)
		}
		put := []func(){
			func() { p.Hours = untouched.Hours }, func() { p.Contact.Phones = untouched.Contact.Phones }, func() { p.Contact.Mails = untouched.Contact.Mails },
			func() { p.Contact.Sites = untouched.Contact.Sites }, func() { p.Bring = untouched.Bring }, func() { services[0].Fee = untouchedServices[0].Fee },
		}
		if before := text(p) + text(services); before == text(untouched)+text(untouchedServices) && field != 3 {
			t.Fatalf("seed %d: changing field %d changed nothing", seed, field)
		}
		put[field]()
		if text(p) != text(untouched) || text(services) != text(untouchedServices) {
			t.Fatalf("seed %d: changing field %d touched another\n%s\n%s", seed, field, text(p), text(untouched))
		}
	}
}

func variant(r *rand.Rand, hoursSeen []string) (Place, []Service) {
	p, services := entireRecord()
	p.Hours = ReadHours(hoursSeen[r.IntN(len(hoursSeen))])
	if r.IntN(3) == 0 {
		p.Bring = nil
	}
	if r.IntN(3) == 0 {
		p.Contact = Contact{}
	}
	if r.IntN(3) == 0 {
		services[0].FeeNote = i18n.Text{"vi": "miễn phí"}
	}
	return p, services
}

func TestACorrectionIsReadFieldByField(t *testing.T) {
	t.Parallel()
	s := north(t)
	for name, c := range map[string]struct {
		change func(*Correction)
		wrong  []string
		is     func(*Place, []Service) string
		want   string
	}{
		"times keep the remark and the holidays": {func(c *Correction) { c.Days[0], c.Days[5] = "9h-11h", "10-12" }, nil,
			func(p *Place, _ []Service) string { return p.Hours.OSM }, `Mo 09:00-11:00 "sur rendez-vous"; Tu-Fr 09:00-12:00 "sur rendez-vous"; Sa 10:00-12:00 "sur rendez-vous"; PH off`},
		"words instead of days":     {func(c *Correction) { c.Words = "le premier mardi, 14h-16h" }, nil, func(p *Place, _ []Service) string { return p.Hours.Given + "/" + p.Hours.OSM }, "le premier mardi, 14h-16h/"},
		"a wrong time":              {func(c *Correction) { c.Days[2] = "le matin" }, []string{"day-3"}, nil, ""},
		"both ways":                 {func(c *Correction) { c.Days[2], c.Words = "8-9", "le soir" }, []string{"words"}, nil, ""},
		"no time at all":            {func(c *Correction) { c.Days = [7]string{} }, []string{"day-1"}, nil, ""},
		"a wrong phone":             {func(c *Correction) { c.Phones = "12 34" }, []string{"phones"}, nil, ""},
		"a phone with its note":     {func(c *Correction) { c.Phones = "03 53 01 00 44 (le soir)" }, nil, func(p *Place, _ []Service) string { return fmt.Sprint(p.Contact.Phones) }, "[{+33353010044 le soir}]"},
		"wrong mail, wrong site":    {func(c *Correction) { c.Mails, c.Sites = "x", "chez nous" }, []string{"mails", "sites"}, nil, ""},
		"too many lines":            {func(c *Correction) { c.Mails = strings.Repeat("x@a.example\n", 9) }, []string{"mails"}, nil, ""},
		"a long text":               {func(c *Correction) { c.Bring = strings.Repeat("é", correctionText+1) }, []string{"bring"}, nil, ""},
		"a text in one language":    {func(c *Correction) { c.Bring = "Rien" }, nil, func(p *Place, _ []Service) string { return p.Bring["fr"] + "/" + p.Bring["en"] }, "Rien/An identity card"},
		"an unknown fee":            {func(c *Correction) { c.Services[1].Fee = "gold" }, []string{"s-s2-fee"}, nil, ""},
		"how one comes":             {func(c *Correction) { c.Services[1].Entry = []string{EntryAppointment, EntryWalkIn, "moon"} }, nil, func(_ *Place, s []Service) string { return strings.Join(s[1].Entry, " ") }, strings.Join(inOrder(GroupEntry, []string{EntryAppointment, EntryWalkIn}), " ")},
		"a service that is no more": {func(c *Correction) { c.Services[1].ID, c.Services[1].Fee = "s9", FeeFree }, nil, func(_ *Place, s []Service) string { return s[1].Fee }, FeeUnknown},
	} {
		p, services := entireRecord()
		form := s.CorrectionOf(&p, services, "fr")
		c.change(&form)
		_, _, err := form.apply(s, &p, services)
		if got := told(t, err); !slices.Equal(got, c.wrong) {
			t.Errorf("%s: told %v, want %v", name, got, c.wrong)
		}
		if c.is != nil {
			if got := c.is(&p, services); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	}
}
