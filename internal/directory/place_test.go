package directory

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// told are the names of the fields that an error says are wrong.
func told(t *testing.T, err error) []string {
	t.Helper()
	var wrong *problem.Error
	if err == nil {
		return nil
	}
	if !errors.As(err, &wrong) {
		t.Fatalf("no list of fields: %v", err)
	}
	var names []string
	for _, f := range wrong.Fields {
		names = append(names, f.Name)
	}
	return names
}

func TestPlaceIsPutIntoItsOneForm(t *testing.T) {
	t.Parallel()
	p := Place{
		ID: "mairie-1", Name: i18n.Text{"fr": "  Mairie\u0000 ", "en": ""}, Address: Address{Street: " 1  place de\tla Mairie "},
		Contact: Contact{Phones: []Phone{{Number: "03 53 01 00 12"}}}, Languages: []string{"FR", "fr", "zh-hans"},
		Equipment: []Equipment{{Code: "printer"}, {Code: "computer"}, {Code: "computer", Number: 4}},
	}
	if err := p.Clean("FR"); err != nil {
		t.Fatal(err)
	}
	want := Place{
		ID: "mairie-1", Kind: KindServicePoint, Name: fr("Mairie"), Address: Address{Street: "1 place de la Mairie"},
		Contact: Contact{Phones: []Phone{{Number: "+33353010012"}}}, Languages: []string{"fr", "zh-Hans"}, Wheelchair: WheelchairUnknown,
		Equipment: []Equipment{{Code: "computer", Number: 4}, {Code: "printer"}},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got  %+v\nwant %+v", p, want)
	}
	again := p
	if err := again.Clean("FR"); err != nil || !reflect.DeepEqual(again, p) {
		t.Errorf("cleaning twice changes it: %+v, %v", again, err)
	}
}

func TestPlaceTellsWhatCannotBeUsed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		change func(*Place)
		want   []string
	}{
		{func(*Place) {}, nil},
		{func(p *Place) { p.ID = "" }, []string{"id"}},
		{func(p *Place) { p.ID = "Mairie 1" }, []string{"id"}},
		{func(p *Place) { p.Name = i18n.Text{"fr": " "} }, []string{"name"}},
		{func(p *Place) { p.Kind = "castle" }, []string{"kind"}},
		{func(p *Place) { p.Wheelchair = "perhaps" }, []string{"wheelchair"}},
		{func(p *Place) { p.Point = &geo.Point{Lat: 91} }, []string{"point"}},
		{func(p *Place) { p.Point = &geo.Point{} }, []string{"point"}},
		{func(p *Place) { p.Languages = []string{"français"} }, []string{"languages"}},
		{func(p *Place) { p.Equipment = []Equipment{{Code: "sauna"}} }, []string{"equipment"}},
		{func(p *Place) { p.Access = "no address" }, []string{"access"}},
	} {
		p := Place{ID: "a", Name: fr("A"), Kind: "library"}
		c.change(&p)
		if got := told(t, p.Clean("FR")); !slices.Equal(got, c.want) {
			t.Errorf("%+v: told %v, want %v", p, got, c.want)
		}
	}
}

func TestEquipmentIsWrittenAsItIsRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Equipment{
		"wifi": {Code: "wifi"}, "computer:4": {Code: "computer", Number: 4}, "connection:fibre": {Code: "connection", Note: "fibre"},
		"computer:4 with a large screen": {Code: "computer", Number: 4, Note: "with a large screen"}, "tablet:-1": {Code: "tablet", Note: "-1"},
	} {
		got := ParseEquipment(text)
		if got != want || got.String() != text {
			t.Errorf("%q is read as %+v and written %q", text, got, got.String())
		}
	}
}

func TestAddressIsWrittenAsOnAnEnvelope(t *testing.T) {
	t.Parallel()
	a := Address{Street: "12 rue de Paris", Postcode: "59000", Town: "Lille"}
	if got := a.Line(false); got != "12 rue de Paris, 59000 Lille" {
		t.Error(got)
	}
	a = Address{Street: "西康路1号", Town: "江宁路街道"}
	if got := a.Line(true); got != "江宁路街道西康路1号" {
		t.Error(got)
	}
	if got := (Address{}).Line(false); got != "" {
		t.Error(got)
	}
}

func TestHoursAreKeptAsGivenAndUnderstoodWherePossible(t *testing.T) {
	t.Parallel()
	if h := ReadHours(" mo-fr 9:00-12:00 "); h.Given != "mo-fr 9:00-12:00" || h.OSM != "Mo-Fr 09:00-12:00" {
		t.Errorf("%+v", h)
	}
	h := ReadHours("quand il y a de la lumière")
	if _, ok := h.Schedule(); h.OSM != "" || ok || h.Given == "" {
		t.Errorf("%+v", h)
	}
}

func TestServiceIsPutIntoItsOneForm(t *testing.T) {
	t.Parallel()
	s := Service{ID: "s", Place: "p", Name: fr("Aide"), Needs: []string{"job", "housing", "job"}, Audiences: []string{"adults", "everyone"},
		Ways: []string{"phone", "online"}}
	if err := s.Clean(); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Needs, []string{"housing", "job"}) || s.Audiences != nil || s.Fee != FeeUnknown || s.Ways[0] != "online" {
		t.Errorf("%+v", s)
	}
	if !s.For("older") {
		t.Error("a service for everyone is not for older people")
	}
	bad := Service{Needs: []string{"gold"}, Fee: "dear", Booking: "?", Capacity: Capacity{Left: -1}}
	if got := told(t, bad.Clean()); !slices.Equal(got, []string{"id", "name", "place", "need", "fee", "booking", "capacity"}) {
		t.Errorf("told %v", got)
	}
}

func TestCapacityExpires(t *testing.T) {
	t.Parallel()
	c := Capacity{Left: 3, Said: today, Until: today.Add(time.Hour)}
	if left, known := c.At(today.Add(59 * time.Minute)); left != 3 || !known {
		t.Errorf("%d, %v", left, known)
	}
	for name, at := range map[string]time.Time{"on the hour": today.Add(time.Hour), "later": today.Add(48 * time.Hour)} {
		if _, known := c.At(at); known {
			t.Errorf("%s the capacity is still believed", name)
		}
	}
	if _, known := (Capacity{Left: 3, Said: today}).At(today); known {
		t.Error("a capacity without an end is believed")
	}
}
