package fold_test

import (
	"slices"
	"strings"
	"testing"

	"parvis/internal/fold"
)

func TestPinyinHasEveryReading(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"重庆":   {"chongqing", "chong qing", "zhongqing", "zhong qing"},
		"长宁":   {"changning", "chang ning", "zhangning", "zhang ning"},
		"静安":   {"jingan", "jing an"},
		"静安区":  {"jinganqu", "jing an qu"},
		"绿地":   {"lvdi", "ludi", "lu di"},
		"A静安B": {"jingan"},
	} {
		got := fold.Pinyin(in)
		for _, form := range want {
			if !slices.Contains(got, form) {
				t.Errorf("Pinyin(%q) = %q lacks %q", in, got, form)
			}
		}
	}
	if got := fold.Pinyin("école, da nang"); got != nil {
		t.Errorf("no Han character, got %q", got)
	}
}

func TestPinyinOfALongRunStaysSmallAndComplete(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("重长行乐", 10)
	got := fold.Pinyin(text)
	if len(got) > 32 {
		t.Errorf("%d forms", len(got))
	}
	all := " " + strings.Join(got, " ") + " "
	for _, r := range "重长行乐" {
		for _, said := range fold.Readings(r) {
			if !strings.Contains(all, " "+said+" ") {
				t.Errorf("%q for %q is missing", said, r)
			}
		}
	}
}

func TestReadings(t *testing.T) {
	t.Parallel()
	for r, want := range map[rune][]string{'重': {"zhong", "chong"}, '女': {"nv", "nu"}, '馆': {"guan"}} {
		for _, said := range want {
			if got := fold.Readings(r); !slices.Contains(got, said) {
				t.Errorf("Readings(%q) = %q lacks %q", r, got, said)
			}
		}
	}
	if fold.Readings('a') != nil || fold.Readings('あ') != nil {
		t.Error("a letter that is not Han has no reading")
	}
}

func TestColumn(t *testing.T) {
	t.Parallel()
	if got := fold.Column("静安 Library"); got != "静 安 library jingan jing an" {
		t.Errorf("got %q", got)
	}
}
