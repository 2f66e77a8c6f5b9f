package main

import (
	"bufio"
	"path/filepath"
	"strings"
	"testing"
)

func scan(text string) *bufio.Scanner { return bufio.NewScanner(strings.NewReader(text)) }

func TestGoCountsTestsAndWhatNeverBecameOne(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		lines string
		want  Count
		shows []string
	}{
		"passed, failed, skipped": {
			`{"Action":"output","Package":"a","Test":"TestOne","Output":"one.go:3: not three\n"}
{"Action":"fail","Package":"a","Test":"TestOne"}
{"Action":"pass","Package":"a","Test":"TestTwo/sqlite"}
{"Action":"pass","Package":"a","Test":"TestTwo"}
{"Action":"output","Package":"a","Test":"TestThree","Output":"    three.go:9: no server here\n"}
{"Action":"skip","Package":"a","Test":"TestThree"}
{"Action":"fail","Package":"a","Elapsed":1.5}`,
			Count{2, 1, 1}, []string{"FAILED a TestOne", "not three", "skipped a TestThree: three.go:9: no server here"},
		},
		"does not build": {
			`{"ImportPath":"b [b.test]","Action":"build-output","Output":"b.go:1: undefined: x\n"}
{"ImportPath":"b [b.test]","Action":"build-fail"}
{"Action":"fail","Package":"b","FailedBuild":"b [b.test]"}`,
			Count{0, 1, 0}, []string{"FAILED b", "undefined: x"},
		},
		"panics after a test passed": {
			`{"Action":"pass","Package":"c","Test":"TestOne"}
{"Action":"output","Package":"c","Output":"panic: out of time\n"}
{"Action":"fail","Package":"c"}`,
			Count{1, 1, 0}, []string{"panic: out of time"},
		},
		"no test files": {`{"Action":"skip","Package":"d"}`, Count{}, nil},
	}
	for name, c := range cases {
		var shown strings.Builder
		if got := readGo(scan(c.lines), &shown); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		for _, part := range c.shows {
			if !strings.Contains(shown.String(), part) {
				t.Errorf("%s: does not show %q in:\n%s", name, part, shown.String())
			}
		}
	}
}

func TestNodeAndProofAreRead(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	node := "✔ pass 9 (3ms)\nℹ tests 6\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ duration_ms 12.5\n"
	if got := readNode(scan(node), &shown); got != (Count{3, 2, 1}) {
		t.Errorf("node: %v", got)
	}
	proof := `{"name":"kill","verdict":"held"}
{"name":"powercut","verdict":"not run","needs":"mount"}
{"name":"cancel","verdict":"broken"}
`
	if got := readProof(scan(proof), &shown); got != (Count{1, 1, 1}) {
		t.Errorf("proof: %v", got)
	}
}

func TestARunnerThatEndsBadlyIsAnError(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	if count, err := run([]string{"sh", "-c", `echo '{"name":"kill","verdict":"held"}'; exit 3`}, readProof, &shown); err == nil || count.Passed != 1 {
		t.Errorf("%v, %v", count, err)
	}
	if _, err := run([]string{"/there-is/no-such-program"}, readGo, &shown); err == nil {
		t.Error("a program that is not there ran")
	}
}

func TestClosingLineStandsAlone(t *testing.T) {
	t.Parallel()
	tally := filepath.Join(t.TempDir(), "tally")
	for _, step := range []struct {
		name   string
		count  Count
		status int
		last   string
	}{
		{"nothing ran", Count{0, 0, 2}, 1, "0 passed, 0 failed, 2 skipped"},
		{"unit tests", Count{40, 0, 1}, 0, "40 passed, 0 failed, 3 skipped"},
		{"browser", Count{2, 1, 0}, 1, "42 passed, 1 failed, 3 skipped"},
	} {
		if err := add(tally, step.name, step.count); err != nil {
			t.Fatal(err)
		}
		var shown strings.Builder
		if status := closing(&shown, tally); status != step.status || !strings.HasSuffix(shown.String(), "\n\n"+step.last+"\n") {
			t.Errorf("%s: status %d, %q", step.name, status, shown.String())
		}
	}
	if closing(&strings.Builder{}, tally+"-none") == 0 {
		t.Error("no tally passes")
	}
}
