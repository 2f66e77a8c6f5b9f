package fold

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/mozillazg/go-pinyin"
)

// maxReadings bounds the ways of reading one run of characters that Pinyin writes out in full.
const maxReadings = 16

const firstHan, lastHan = 0x4E00, 0x9FFF

var readings [lastHan - firstHan + 1]atomic.Pointer[[]string]

// Readings gives every way to say one Han character, without tones, the dictionary's first one first: 重 is "zhong"
// and "chong". An ü is given both as v and as u, since people type either. A rune without a reading gives nil. The
// slice is shared: do not change it.
func Readings(r rune) []string {
	if r < firstHan || r > lastHan {
		if IsHan(r) {
			return look(r)
		}
		return nil
	}
	slot := &readings[r-firstHan]
	if known := slot.Load(); known != nil {
		return *known
	}
	all := look(r)
	slot.Store(&all)
	return all
}

func look(r rune) []string {
	args := pinyin.NewArgs()
	args.Heteronym = true
	var all []string
	for _, reading := range pinyin.SinglePinyin(r, args) {
		reading = strings.ReplaceAll(Fold(reading), " ", "")
		for _, said := range []string{reading, strings.ReplaceAll(reading, "v", "u")} {
			if said != "" && !slices.Contains(all, said) {
				all = append(all, said)
			}
		}
	}
	return all
}

// Pinyin gives the sound of each run of Han characters in s, joined and with spaces: for 重庆 "zhongqing",
// "zhong qing", "chongqing", "chong qing". Every reading of every character occurs; where a run can be read in more
// than 16 ways, not every combination does.
func Pinyin(s string) []string {
	var said []string
	var run [][]string
	flush := func() {
		for _, way := range ways(run) {
			for _, form := range []string{strings.Join(way, ""), strings.Join(way, " ")} {
				if !slices.Contains(said, form) {
					said = append(said, form)
				}
			}
		}
		run = run[:0]
	}
	for _, word := range Words(s) {
		r := []rune(word)
		if len(r) == 1 && IsHan(r[0]) && Readings(r[0]) != nil {
			run = append(run, Readings(r[0]))
			continue
		}
		flush()
	}
	flush()
	return said
}

// ways combines the readings of a run. The first rows take the k-th reading of every character, so that each occurs.
func ways(run [][]string) [][]string {
	if len(run) == 0 {
		return nil
	}
	most, product := 0, 1
	for _, r := range run {
		most = max(most, len(r))
		product = min(product*len(r), maxReadings+1)
	}
	if product > maxReadings {
		all := make([][]string, most)
		for k := range all {
			for _, r := range run {
				all[k] = append(all[k], r[min(k, len(r)-1)])
			}
		}
		return all
	}
	all := [][]string{nil}
	for _, r := range run {
		var longer [][]string
		for _, way := range all {
			for _, said := range r {
				longer = append(longer, append(slices.Clip(way), said))
			}
		}
		all = longer
	}
	return all
}

// Column is what a database column needs to find s by plain words: s folded, then its pinyin.
func Column(s string) string {
	return strings.Join(append([]string{Fold(s)}, Pinyin(s)...), " ")
}
