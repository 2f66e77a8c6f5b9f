package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// goEvent is one line of `go test -json`.
type goEvent struct {
	Action, Package, ImportPath, Test, Output, FailedBuild string
	Elapsed                                                float64
}

// readGo shows a line a package and the whole output of what failed; it counts tests and subtests that ran.
func readGo(lines *bufio.Scanner, w io.Writer) Count {
	var sum Count
	tests := map[string]*Count{}
	output := map[string][]string{} // a test's or a package's own lines
	for lines.Scan() {
		var e goEvent
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(w, lines.Text())
			continue
		}
		if e.Package == "" {
			e.Package = e.ImportPath
		}
		key := e.Package + " " + e.Test
		count := tests[e.Package]
		if count == nil {
			count = &Count{}
			tests[e.Package] = count
		}
		switch e.Action {
		case "output", "build-output":
			output[key] = append(output[key], e.Output)
		case "pass", "fail", "skip":
			if e.Test == "" {
				endPackage(w, e, count, output[key])
				sum.Passed, sum.Failed, sum.Skipped = sum.Passed+count.Passed, sum.Failed+count.Failed, sum.Skipped+count.Skipped
				if e.FailedBuild != "" {
					fmt.Fprint(w, strings.Join(output[e.FailedBuild+" "], ""))
				}
				continue
			}
			endTest(w, e, count, output[key])
			delete(output, key)
		}
	}
	return sum
}

func endTest(w io.Writer, e goEvent, count *Count, output []string) {
	switch e.Action {
	case "pass":
		count.Passed++
	case "skip":
		count.Skipped++
		fmt.Fprintf(w, "skipped %s %s: %s\n", e.Package, e.Test, reason(output))
	case "fail":
		count.Failed++
		fmt.Fprintf(w, "FAILED %s %s\n%s", e.Package, e.Test, strings.Join(output, ""))
	}
}

// endPackage shows the package's line. A package that failed with no failed test (it does not build, it panicked, it
// ran out of time) counts as one failure.
func endPackage(w io.Writer, e goEvent, count *Count, output []string) {
	switch {
	case e.Action == "fail" && count.Failed == 0:
		count.Failed++
		fmt.Fprintf(w, "FAILED %s\n%s", e.Package, strings.Join(output, ""))
	case e.Action == "skip" || *count == (Count{}):
		return // no test files
	}
	fmt.Fprintf(w, "%-4s %-52s %4d tests %7.1f s\n", map[bool]string{true: "ok", false: "FAIL"}[count.Failed == 0],
		e.Package, count.Passed+count.Failed, e.Elapsed)
}

// reason is what a skipped test said.
func reason(output []string) string {
	for _, line := range output {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			return line
		}
	}
	return "it did not say why"
}

// readNode shows all that node's own test runner prints (reporter spec) and reads its closing figures.
func readNode(lines *bufio.Scanner, w io.Writer) Count {
	var c Count
	for lines.Scan() {
		fmt.Fprintln(w, lines.Text())
		words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(lines.Text()), "ℹ"))
		if len(words) != 2 || !strings.Contains(lines.Text(), "ℹ") {
			continue
		}
		n, err := strconv.Atoi(words[1])
		if err != nil {
			continue
		}
		switch words[0] {
		case "pass":
			c.Passed += n
		case "fail", "cancelled":
			c.Failed += n
		case "skipped", "todo":
			c.Skipped += n
		}
	}
	return c
}

// readProof shows each proof's JSON line and counts its verdict. A proof that lacks what it needs has not run.
func readProof(lines *bufio.Scanner, w io.Writer) Count {
	var c Count
	for lines.Scan() {
		fmt.Fprintln(w, lines.Text())
		var line struct{ Name, Verdict string }
		if json.Unmarshal(lines.Bytes(), &line) != nil || line.Name == "" {
			continue
		}
		switch line.Verdict {
		case "held":
			c.Passed++
		case "not run":
			c.Skipped++
		default:
			c.Failed++
		}
	}
	return c
}
