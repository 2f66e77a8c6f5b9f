package fold_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"parvis/internal/fold"
)

var vectors = []struct{ in, want string }{
	// French
	{"ÉCOLE Jean-Jaurès", "ecole jean-jaures"},
	{"Cœur d’Œuvre, Lætitia", "coeur d’oeuvre, laetitia"},
	{"L'Haÿ-les-Roses", "l'hay-les-roses"},
	{"À bientôt\u00a0!", "a bientot !"},
	{"1ᵉʳ étage, nº 5", "1er etage, no 5"},
	// Vietnamese
	{"Đà Nẵng", "da nang"},
	{"đường Nguyễn Lương Bằng", "duong nguyen luong bang"},
	{"Ủy ban nhân dân phường Hải Vân", "uy ban nhan dan phuong hai van"},
	{"Ðà Nẵng", "da nang"}, // eth, from an old keyboard
	{"Thừa Thiên Huế", "thua thien hue"},
	// Romanian, comma and cedilla
	{"Ștefan cel Mare", "stefan cel mare"},
	{"Şoseaua Olteniţei", "soseaua oltenitei"},
	{"București, Piața Sudului", "bucuresti, piata sudului"},
	{"ÎNVĂȚĂMÂNT", "invatamant"},
	// Chinese
	{"静安区图书馆", "静 安 区 图 书 馆"},
	{"静安 区", "静 安 区"},
	{"上海市静安区南京西路1649号", "上 海 市 静 安 区 南 京 西 路 1649 号"},
	{"ＡＢＣ　１２３", "abc 123"},
	{"（静安）", "( 静 安 )"},
	{"\uf900豈", "豈 豈"}, // compatibility ideograph
	// others who live here
	{"Łódź, Wałęsa", "lodz, walesa"},
	{"Straße GROẞ", "strasse gross"},
	{"İstanbul, Iğdır", "istanbul, igdir"},
	{"Ørsted Ålesund", "orsted alesund"},
	{"Þór, Ðorð", "thor, dord"},
	{"ΣΊΣΥΦΟΣ", "σισυφοσ"},
	{"ﬁancé ½", "fiance 1⁄2"},
	{"𝐏𝐚𝐫𝐯𝐢𝐬", "parvis"},
	// space
	{"  a\t\nb  ", "a b"},
	{"a\u200bb\u00adc\ufeff", "abc"},
	{"", ""},
	{"\xff\xfe", ""},
}

func TestFold(t *testing.T) {
	t.Parallel()
	for _, v := range vectors {
		for form, in := range map[string]string{"as written": v.in, "NFC": norm.NFC.String(v.in), "NFD": norm.NFD.String(v.in)} {
			if got := fold.Fold(in); got != v.want {
				t.Errorf("Fold(%q) %s = %q, want %q", in, form, got, v.want)
			}
		}
	}
}

func TestAppendLeavesWhatWasThere(t *testing.T) {
	t.Parallel()
	if got := string(fold.Append([]byte("kept:"), " Đà Nẵng ")); got != "kept:da nang" {
		t.Errorf("got %q", got)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"L'école de la République": {"l", "ecole", "de", "la", "republique"},
		"aide-numérique@nord.fr":   {"aide", "numerique", "nord", "fr"},
		"静安区Library 2号":            {"静", "安", "区", "library", "2", "号"},
		"12bis, rue Ampère":        {"12bis", "rue", "ampere"},
		"Xi'an":                    {"xi", "an"},
		" ... ":                    nil,
		"":                         nil,
		"Đa":                       {"da"},
	} {
		if got := fold.Words(in); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldAlwaysHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("aÉđŁßœıȘş́̉Ẵ静豈 ｂİ\u00a0'-")))).Draw(t, "s")
		holds(t, s)
	})
}

// FuzzFold: what the package promises holds of any text.
func FuzzFold(f *testing.F) {
	for _, v := range vectors {
		f.Add(v.in)
	}
	f.Fuzz(func(t *testing.T, s string) { holds(t, s) })
}

type failer interface {
	Fatalf(format string, args ...any)
}

// holds checks what the package promises of any text.
func holds(t failer, s string) {
	folded := fold.Fold(s)
	if again := fold.Fold(folded); again != folded {
		t.Fatalf("Fold(%q) = %q, folded again %q", s, folded, again)
	}
	if folded != strings.Join(strings.Fields(folded), " ") {
		t.Fatalf("Fold(%q) = %q: spaces", s, folded)
	}
	for _, r := range folded {
		if unicode.In(r, unicode.Mn, unicode.Me) || unicode.ToLower(r) != r {
			t.Fatalf("Fold(%q) = %q: %q is left", s, folded, r)
		}
	}
	if d := fold.Fold(norm.NFD.String(strings.ToValidUTF8(s, " "))); d != fold.Fold(strings.ToValidUTF8(s, " ")) {
		t.Fatalf("Fold(%q) differs for NFD: %q", s, d)
	}
	if words := fold.Words(s); !slices.Equal(words, fold.Words(folded)) {
		t.Fatalf("Words(%q) = %q, of its folded form %q", s, words, fold.Words(folded))
	}
	plain := strings.FieldsFunc(folded, func(r rune) bool { return !fold.IsWord(r) })
	if words := fold.Words(s); !slices.Equal(words, plain) {
		t.Fatalf("Words(%q) = %q, of %q it should be %q", s, words, folded, plain)
	}
	for _, sound := range fold.Pinyin(s) {
		for _, r := range sound {
			if r > unicode.MaxASCII {
				t.Fatalf("Pinyin(%q) has %q", s, sound)
			}
		}
	}
}

func TestEachTellsHowAWordIsWritten(t *testing.T) {
	t.Parallel()
	type pair struct{ raw, word string }
	for in, want := range map[string][]pair{
		"L’École, d'Auch": {{"L", "l"}, {"École", "ecole"}, {"d", "d"}, {"Auch", "auch"}},
		"静安 Cafe\u0301!":  {{"静", "静"}, {"安", "安"}, {"Cafe\u0301", "cafe"}},
		"№5 ½":            {{"№5", "no5"}, {"½", "1"}, {"½", "2"}},
		" - ":             nil,
	} {
		var got []pair
		fold.Each(in, func(raw string, word []byte) { got = append(got, pair{raw, string(word)}) })
		if !slices.Equal(got, want) {
			t.Errorf("Each(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldAllocatesOnce(t *testing.T) {
	text := strings.Repeat("Bibliothèque municipale de Đà Nẵng 静安区 ", 10)
	fold.Fold(text)
	if n := testing.AllocsPerRun(100, func() { fold.Fold(text) }); n > 3 {
		t.Errorf("%v allocations for one text", n)
	}
}

func BenchmarkFold(b *testing.B) {
	for name, text := range map[string]string{
		"french": "Bibliothèque municipale Jean-Jaurès, 12 rue de l’Église, 59100 Roubaix",
		"viet":   "Nhà văn hóa thôn Tà Lang, phường Hải Vân, thành phố Đà Nẵng",
		"han":    "静安区图书馆，上海市静安区南京西路1649号",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			buf := make([]byte, 0, 1024)
			for b.Loop() {
				buf = fold.Append(buf[:0], text)
			}
		})
	}
}
