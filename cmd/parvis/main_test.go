package main

import (
	"net"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parvis": main})
}

// Each script of testdata/script is a story of somebody who runs a territory from the command line.
func TestCommands(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}

func TestAPortThatIsTakenIsExplained(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	command := root()
	command.SetArgs([]string{"serve", "--data", t.TempDir(), "--listen", listener.Addr().String()})
	if err := command.ExecuteContext(t.Context()); err == nil || !strings.Contains(err.Error(), "is taken") || !strings.Contains(err.Error(), "--listen") {
		t.Errorf("it says %v", err)
	}
}
