package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// demo is the built program, serving the five demo territories.
type demo struct {
	cmd    *exec.Cmd
	port   int
	client *http.Client
}

// startDemo builds the program and starts it on a free port of this machine. It believes what a proxy on this machine
// says, so that it can be asked as if over https.
func startDemo(ctx context.Context, place string) (*demo, error) {
	dir, err := root()
	if err != nil {
		return nil, err
	}
	program := filepath.Join(place, "parvis")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/parvis")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the program: %w: %s", err, out)
	}
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(place, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	d := &demo{port: port, cmd: exec.CommandContext(ctx, program, "demo", "--listen", d127(port), "--data", filepath.Join(place, "data"))}
	d.cmd.Env = append(os.Environ(), "PARVIS_TRUSTED_PROXIES=127.0.0.1/32")
	d.cmd.Stdout, d.cmd.Stderr = log, log
	if err := d.cmd.Start(); err != nil {
		return nil, err
	}
	var dialer net.Dialer
	d.client = &http.Client{
		Timeout: 30 * time.Second,
		// Every host name is a territory on this machine, whatever the resolver knows.
		Transport: &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, d127(port))
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if err := d.answers(ctx); err != nil {
		d.stop()
		said, _ := os.ReadFile(log.Name())
		return nil, fmt.Errorf("%w: %s", err, said)
	}
	return d, nil
}

func d127(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

func freePort(ctx context.Context) (int, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// answers waits until the program is ready.
func (d *demo) answers(ctx context.Context) error {
	for range 1200 {
		if a, err := d.ask(ctx, http.MethodGet, "127.0.0.1", "/health/ready", nil); err == nil && a.status == http.StatusOK {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("the demo did not answer within two minutes")
}

// answer is what the program gave.
type answer struct {
	status int
	header http.Header
	body   string
	path   string
}

// ask sends a request to a territory. Headers are name, value pairs.
func (d *demo) ask(ctx context.Context, method, host, path string, body io.Reader, headers ...string) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("http://%s:%d%s", host, d.port, path), body)
	if err != nil {
		return answer{}, err
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := d.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(text), path}, err
}

func (a answer) html() bool { return strings.HasPrefix(a.header.Get("Content-Type"), "text/html") }

// stop ends the program and waits for it.
func (d *demo) stop() {
	_ = d.cmd.Process.Signal(os.Interrupt)
	done := make(chan struct{})
	go func() { _ = d.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		_ = d.cmd.Process.Kill()
		<-done
	}
}
