// Command count runs a test runner, shows what a person needs to see of it, and counts its tests, so that a run over
// several runners ends in one plain line.
//
//	count -into TALLY -name "unit tests" go   -- go test -json ./...
//	count -into TALLY -name "browser"    node -- node --test --test-reporter=spec
//	count -into TALLY -name "proofs"     proof -- go run ./cmd/proof small
//	count -sum TALLY
//
// A runner that ends badly without a failed test counts as one failure: nothing that went wrong may go uncounted.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

func main() {
	tally := flag.String("into", "", "file that the count is added to")
	name := flag.String("name", "", "what is run, in a few words")
	sum := flag.String("sum", "", "file to add up and print")
	flag.Parse()
	if *sum != "" {
		os.Exit(closing(os.Stdout, *sum))
	}
	args := flag.Args()
	if len(args) < 3 || args[1] != "--" || readers[args[0]] == nil {
		fmt.Fprintln(os.Stderr, "usage: count -into TALLY -name NAME go|node|proof -- COMMAND...  |  count -sum TALLY")
		os.Exit(2)
	}
	count, err := run(args[2:], readers[args[0]], os.Stdout)
	if err != nil {
		fmt.Printf("%s: %v\n", *name, err)
		if count.Failed == 0 {
			count.Failed = 1
		}
	}
	if *tally != "" {
		if err := add(*tally, *name, count); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if count.Failed > 0 {
		os.Exit(1)
	}
}

// Count is how many tests ended how.
type Count struct{ Passed, Failed, Skipped int }

// String is the plain line.
func (c Count) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", c.Passed, c.Failed, c.Skipped)
}

// reader reads a runner's output to its end, shows what matters on w, and counts.
type reader func(lines *bufio.Scanner, w io.Writer) Count

var readers = map[string]reader{"go": readGo, "node": readNode, "proof": readProof}

// run runs the command and reads what it prints; its error output goes where ours goes.
func run(command []string, read reader, w io.Writer) (Count, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return Count{}, err
	}
	if err := cmd.Start(); err != nil {
		return Count{}, err
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(make([]byte, 1<<16), 1<<24)
	count := read(lines, w)
	if err := lines.Err(); err != nil {
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		return count, err
	}
	return count, cmd.Wait()
}

func add(tally, name string, c Count) error {
	f, err := os.OpenFile(tally, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(f, "%d %d %d %s\n", c.Passed, c.Failed, c.Skipped, name); err != nil {
		return err
	}
	return f.Close()
}

// closing prints the tally's rows and their sum, the sum alone on the last line, and gives the exit status: non-zero
// when anything failed or nothing passed.
func closing(w io.Writer, tally string) int {
	text, err := os.ReadFile(tally)
	if err != nil {
		fmt.Fprintln(w, err)
		return 1
	}
	var sum Count
	for line := range strings.Lines(string(text)) {
		var c Count
		if _, err := fmt.Sscan(line, &c.Passed, &c.Failed, &c.Skipped); err != nil {
			fmt.Fprintf(w, "tally %q: %v\n", strings.TrimSpace(line), err)
			return 1
		}
		name := strings.SplitN(strings.TrimSpace(line), " ", 4)[3]
		fmt.Fprintf(w, "%-32s %s\n", name, c)
		sum.Passed, sum.Failed, sum.Skipped = sum.Passed+c.Passed, sum.Failed+c.Failed, sum.Skipped+c.Skipped
	}
	fmt.Fprintf(w, "\n%s\n", sum)
	if sum.Failed > 0 || sum.Passed == 0 {
		return 1
	}
	return 0
}
