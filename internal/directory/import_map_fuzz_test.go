package directory

import (
	"bufio"
	"bytes"
	"testing"

	"parvis/internal/directory/mapping"
)

// FuzzMapped: no list makes trouble, whatever a mapping reads of it: each of its rows stays out with a reason or can be kept.
func FuzzMapped(f *testing.F) {
	for _, text := range []string{header + "1;A;Q;1190;Lille;3,06 50,63;médiathèque;03 20 00 00 01,-;9h-12h;fermé;31/05/2026;Démarches;\n", header + "2;B;;;;0 0;x;1;9h sauf;;1;gold;fermé\n2;;",
		`[{"N°":1,"Nom":"A","Où":[50.6,3],"Tél":["1",2],"Offre":{"x":1}}]`, `{"a":{"rows":[{"n°":"x","nom":"\u0000"}]}}`, "[{\"n°\":1e400,\"nom\":[[]]}]"} {
		f.Add([]byte(text))
	}
	s := north(f)
	places := newTowns(s.Towns)
	mappings := []*mapping.Mapping{readMapping(f, own), readMapping(f, "list: {rows: a.rows, form: json}\n"+own[1:len("\nregister: Ville\n")]+own[len("\nregister: Ville\nlist: {nothing: \"-\"}\n"):]),
		readMapping(f, "standard:\n  id: n°\n  nom: nom\n  commune: ville\n  code_postal: cp\n  position: {column: où}\n  horaires: {monday: lundi}\n  services: {column: offre, split: \",\"}\n  telephone: tél\n  structure_parente: qui\n")}
	open := func(data []byte, m *mapping.Mapping) (rows, func(row) draft, error) {
		standard, table := readers(s, places)
		in := bufio.NewReader(bytes.NewReader(data))
		return openMapped(bytes.NewReader(data), in, m, data, bytes.TrimLeft(data, " \t\r\n"), standard, table)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > fuzzedBytes || len(bytes.TrimLeft(data, " \t\r\n")) == 0 {
			return
		}
		for _, m := range mappings {
			feed, read, err := open(data, m)
			if err != nil {
				continue
			}
			again, _, err := open(data, m)
			if err != nil {
				t.Fatal(err)
			}
			fuzzFeed(t, feed, again, len(data), read)
		}
	})
}
