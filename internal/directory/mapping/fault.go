package mapping

import (
	"fmt"
	"slices"
	"strings"

	"parvis/internal/fold"
)

// Fault is something wrong with a mapping file: where, what, and what to write instead. English, for whoever writes it.
type Fault struct {
	File   string
	Line   int // from 1; 0 when the whole file is meant
	What   string
	Remedy string
}

// Error reads as compilers write, so that editors find the line.
func (f Fault) Error() string {
	where := f.File
	if f.Line > 0 {
		where = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	return strings.TrimSpace(where + ": " + f.What + ". " + f.Remedy)
}

// Faults are all that is wrong with a mapping file, by line.
type Faults []Fault

// Error is one line a fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// mostFaults is how many faults are listed: who has made more begins with these.
const mostFaults = 50

func (p *parser) fault(line int, remedy, what string, args ...any) {
	if len(p.faults) < mostFaults {
		p.faults = append(p.faults, Fault{File: p.file, Line: line, What: fmt.Sprintf(what, args...), Remedy: remedy})
	}
}

// instead tells which of the known words somebody meant, or all of them.
func instead(word string, known []string) string {
	pattern := fold.NewPattern(fold.Fold(word))
	best, least := "", max(1, len(word)/3)+1
	for _, k := range known {
		if far := pattern.Distance(fold.Fold(k)); far < least {
			best, least = k, far
		}
	}
	if best != "" {
		return fmt.Sprintf("Is it %q?", best)
	}
	sorted := slices.Sorted(slices.Values(known))
	return "Known are " + strings.Join(sorted, ", ") + "."
}
