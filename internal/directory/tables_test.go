package directory

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/geo"
	"parvis/internal/i18n"
)

func tableOfNorth(t *testing.T) *tableReader {
	t.Helper()
	return &tableReader{setting: north(t), source: "Essai", now: today, previous: map[string]int{}}
}

// filled is a row of places.csv in which every column says something.
func filled() map[string]string {
	return map[string]string{
		"id": "p-1", "organisation": "club", "kind": "library", "name": "Médiathèque", "name_en": "Library", "about": "Livres", "about_vi": "Sách",
		"bring": "Rien", "address": "1 rue Neuve", "more": "2e étage", "postcode": "59000", "town": "Lille", "unit": "59-lille", "lat": "50,63", "lon": "3.06",
		"approximate": "oui", "phones": "03 53 01 00 12 (le matin)|3939", "mails": "a@example.org", "sites": "example.org", "hours": "Mo 09:00-12:00",
		"wheelchair": "partly", "access": "https://example.org/a", "languages": "fr|en", "equipment": "wifi|computer:3", "itinerant": "x", "labels": "Un|Deux",
		"register": "R1", "source": "Liste", "source_id": "7", "source_url": "https://example.org/7", "updated": "2026-10-01", "confirmed": "2026-11-02 10:30",
		"confirmed_by": "L'équipe",
	}
}

func TestEveryColumnOfPlacesIsRead(t *testing.T) {
	t.Parallel()
	cells := filled()
	for _, name := range placeColumns {
		if cells[name] == "" {
			t.Errorf("the row says nothing of %s", name)
		}
	}
	r := tableOfNorth(t)
	d := r.readPlace(row{line: 2, cells: cells})
	paris := r.setting.Zone
	want := Place{
		ID: "p-1", Organisation: "club", Kind: "library", Name: i18n.Text{"fr": "Médiathèque", "en": "Library"}, About: i18n.Text{"fr": "Livres", "vi": "Sách"},
		Bring:   fr("Rien"),
		Address: Address{Street: "1 rue Neuve", More: "2e étage", Postcode: "59000", Town: "Lille", Unit: "59-lille"},
		Point:   &geo.Point{Lat: 50.63, Lon: 3.06}, Approximate: true,
		Contact: Contact{Phones: []Phone{{Number: "+33353010012", Note: "le matin"}, {Number: "3939"}}, Mails: []string{"a@example.org"}, Sites: []string{"https://example.org"}},
		Hours:   Hours{Given: "Mo 09:00-12:00", OSM: "Mo 09:00-12:00"}, Wheelchair: WheelchairPartly, Access: "https://example.org/a",
		Languages: []string{"fr", "en"}, Equipment: []Equipment{{Code: "computer", Number: 3}, {Code: "wifi"}}, Itinerant: true, Labels: []string{"Un", "Deux"}, Register: "R1",
		Record: Record{Source: Source{Name: "Liste", ID: "7", URL: "https://example.org/7", Updated: time.Date(2026, 10, 1, 0, 0, 0, 0, paris).UTC()},
			Confirmed: Confirmation{By: "L'équipe", At: time.Date(2026, 11, 2, 10, 30, 0, 0, paris).UTC()}},
	}
	if len(d.findings) > 0 || !reflect.DeepEqual(*d.place, want) {
		t.Errorf("heard %q\ngot  %+v\nwant %+v", heard(d), *d.place, want)
	}
}

func TestEveryColumnOfServicesIsRead(t *testing.T) {
	t.Parallel()
	cells := map[string]string{
		"id": "s-1", "place": "p-1", "name": "Aide", "name_zh": "帮助", "needs": "tax|job", "audiences": "older|women", "ways": "phone|counter", "entry": "appointment",
		"fee": "conditional", "fee_note": "5 €", "fee_note_en": "€5", "languages": "fr", "hours": "Tu 10:00-11:00", "booking": "example.org/rdv", "details": "Sur place",
		"capacity": "4", "capacity_until": "2026-12-01", "source": "Liste", "source_id": "8", "source_url": "example.org/8", "updated": "2026-10-01",
		"confirmed": "2026-11-01", "confirmed_by": "L'équipe",
	}
	for _, name := range serviceColumns {
		if cells[name] == "" {
			t.Errorf("the row says nothing of %s", name)
		}
	}
	r := tableOfNorth(t)
	d := r.readService(row{line: 2, cells: cells})
	at := func(month time.Month, day int) time.Time {
		return time.Date(2026, month, day, 0, 0, 0, 0, r.setting.Zone).UTC()
	}
	want := Service{
		ID: "s-1", Place: "p-1", Name: i18n.Text{"fr": "Aide", "zh": "帮助"}, Details: fr("Sur place"), Needs: []string{"tax", "job"}, Audiences: []string{"older", "women"},
		Ways: []string{"counter", "phone"}, Entry: []string{"appointment"}, Fee: FeeConditional, FeeNote: i18n.Text{"fr": "5 €", "en": "€5"}, Languages: []string{"fr"},
		Hours: Hours{Given: "Tu 10:00-11:00", OSM: "Tu 10:00-11:00"}, Booking: "https://example.org/rdv",
		Capacity: Capacity{Left: 4, Said: at(time.October, 1), Until: at(time.December, 1)},
		Record: Record{Source: Source{Name: "Liste", ID: "8", URL: "https://example.org/8", Updated: at(time.October, 1)},
			Confirmed: Confirmation{By: "L'équipe", At: at(time.November, 1)}},
	}
	slices.Sort(want.Audiences)
	got := *d.service
	slices.Sort(got.Audiences)
	want.Needs, got.Needs = slices.Sorted(slices.Values(want.Needs)), slices.Sorted(slices.Values(got.Needs))
	if len(d.findings) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("heard %q\ngot  %+v\nwant %+v", heard(d), got, want)
	}
}

func TestOwnTablesListWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ column, value, want string }{
		{"id", "", "id no-id!"}, {"id", "Très long", "id id!"}, {"name", "", "name empty!"}, {"kind", "castle", "kind code!"}, {"lat", "95", "lat point"},
		{"lat", "north", "lat point-number"}, {"lon", "east", "lon point-number"}, {"lon", "", "lon point-number"}, {"phones", "12", "phones phone"}, {"mails", "x", "mails mail"},
		{"sites", "x", "sites site"}, {"hours", "parfois", "hours hours-unread"}, {"wheelchair", "maybe", "wheelchair code"}, {"access", "x", "access site"},
		{"languages", "klingon", "languages language"}, {"equipment", "sauna|wifi", "equipment code"}, {"itinerant", "perhaps", "itinerant yes"},
		{"source_url", "x", "source_url site"}, {"updated", "hier", "updated date"}, {"updated", "2030-01-01", "updated date-to-come"}, {"confirmed", "31/12/2026", "confirmed date"},
	} {
		cells := filled()
		cells[c.column] = c.value
		if c.column == "name" {
			cells["name_en"] = ""
		}
		for name, value := range cells {
			if value == "" {
				delete(cells, name) // as the reader of rows gives it
			}
		}
		d := tableOfNorth(t).readPlace(row{line: 3, cells: cells})
		if got := heard(d); got != c.want {
			t.Errorf("%s %q: heard %q, want %q", c.column, c.value, got, c.want)
		}
		if d.rejected() != strings.HasSuffix(c.want, "!") {
			t.Errorf("%s %q: stays out: %v", c.column, c.value, d.rejected())
		}
		if !d.rejected() {
			kept := *d.place
			if err := kept.Clean("FR"); err != nil {
				t.Errorf("%s %q: what goes in cannot be kept: %v", c.column, c.value, err)
			}
		}
	}
}

func TestServicesListWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ column, value, want string }{
		{"place", "", "place empty!"}, {"name", "", "name empty!"}, {"needs", "gold", "needs code"}, {"audiences", "cats", "audiences code"}, {"ways", "tunnel", "ways code"},
		{"entry", "window", "entry code"}, {"fee", "dear", "fee code"}, {"languages", "?", "languages language"}, {"booking", "?", "booking site"},
		{"capacity", "-1", "capacity number"}, {"capacity", "some", "capacity number"}, {"capacity_until", "soon", "capacity_until date"},
	} {
		cells := map[string]string{"id": "s", "place": "p", "name": "Aide", "needs": "tax", "fee": "free", "capacity": "3", "capacity_until": "2027-01-01"}
		if cells[c.column] = c.value; c.value == "" {
			delete(cells, c.column)
		}
		d := tableOfNorth(t).readService(row{line: 3, cells: cells})
		if got := heard(d); got != c.want {
			t.Errorf("%s %q: heard %q, want %q", c.column, c.value, got, c.want)
		}
		if !d.rejected() {
			kept := *d.service
			if err := kept.Clean(); err != nil {
				t.Errorf("%s %q: what goes in cannot be kept: %v", c.column, c.value, err)
			}
		}
	}
}

func TestColumnsAreKnownByTheirNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"name": true, "name_vi": true, "about_zh": true, "bring_ro": true, "town": true, "town_en": false, "name_de": false, "details": false, "": false, "_en": false,
	} {
		if got := tableColumn(placeColumns, name); got != want {
			t.Errorf("%q is a column of places: %v", name, got)
		}
	}
	if !tableColumn(serviceColumns, "details_en") || !tableColumn(serviceColumns, "fee_note_fr") || tableColumn(serviceColumns, "about_en") {
		t.Error("columns of services")
	}
	for name, want := range map[string]string{"nom": "nom", "courriel": "courriels", "publics_accueillis": "publics_specifiquement_adresses", "siret": "pivot"} {
		if got, ok := standardColumn(name); !ok || got != want {
			t.Errorf("%q is the column %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"cle_ban", "note", ""} {
		if got, ok := standardColumn(name); ok {
			t.Errorf("%q is the column %q", name, got)
		}
	}
}

func TestYesIsReadInEveryLanguage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"yes": true, "OUI": true, "da": true, "Có": true, "是": true, "1": true, "": false, "no": false, "Non": false, "nu": false, "không": false, "否": false} {
		d := draft{cells: map[string]string{"itinerant": text}}
		if got := d.yes("itinerant"); got != want || len(d.findings) > 0 {
			t.Errorf("%q is %v, %v", text, got, d.findings)
		}
	}
}
