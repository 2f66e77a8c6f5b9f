package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parvis/internal/config"
)

// file writes a file into the test's folder and gives its path.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDefaultsAreEnoughToStart(t *testing.T) {
	t.Parallel()
	c, err := config.Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Data != "parvis-data" || c.PublicDemo || c.Mail.Port != 587 || c.Log.Level != slog.LevelInfo || c.Shutdown != 20*time.Second {
		t.Errorf("got %+v", c)
	}
}

const full = `
listen = ":9000"   # everybody
data = "/srv/parvis"
public_demo = true
trusted_proxies = [
  "10.0.0.0/8",
  "192.168.1.7",
]
shutdown = "1m"

[database]
url = "postgres://parvis:pass-word@db.example/parvis?password=pass-word"
readers = 4
max_conns = 12
no_mmap = true

[log]
level = "debug"
format = "json"

[mail]
host = "mail.example"
port = 465
security = "tls"
user = "parvis"
password = "pass-word"
from = "Parvis <parvis@town.example>"

[s3]
endpoint = "store.example:9000"
bucket = "parvis"
region = "eu"
key = "key"
secret = "pass-word"
plain = true

[metrics]
token = "0123456789abcdef"

[tiles]
address = "https://tiles.example/{z}/{x}/{y}.mvt"
credit = "somebody"
`

func TestFileThenEnvironment(t *testing.T) {
	t.Parallel()
	path := file(t, "parvis.toml", full)
	c, err := config.Load(path, []string{"PARVIS_LISTEN=127.0.0.1:1234", "PARVIS_TRUSTED_PROXIES=::1, 10.1.2.3/16", "PARVIS_LOG_LEVEL=WARN",
		"PARVIS_PUBLIC_DEMO=false", "PARVIS_MAIL_PORT=25", "PARVIS_TEST_POSTGRES=x", "PARVIS_CONFIG=y", "HOME=/root"})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintln(c.Listen, c.Data, c.PublicDemo, c.TrustedProxies, c.Shutdown, c.Log.Level, c.Mail.Port, c.Mail.Security, c.S3.Plain, c.Database.MaxConns); got !=
		"127.0.0.1:1234 /srv/parvis false [::1/128 10.1.0.0/16] 1m0s WARN 25 tls true 12\n" {
		t.Errorf("got %s", got)
	}
	if c.Mail.Password.Reveal() != "pass-word" || c.Database.URL.Reveal() == "" || len(c.Warnings) != 0 {
		t.Errorf("secrets are not read, or warnings: %v", c.Warnings)
	}
}

func TestSecretsNeverShow(t *testing.T) {
	t.Parallel()
	c, err := config.Load(file(t, "parvis.toml", full), nil)
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	if err := c.Print(&printed); err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var logged bytes.Buffer
	slog.New(slog.NewTextHandler(&logged, nil)).Info("config", "config", c, "password", c.Mail.Password)
	for name, text := range map[string]string{"Print": printed.String(), "json": string(asJSON), "log": logged.String(),
		"%v": fmt.Sprintf("%v %v %q %s", c, *c, c.Mail.Password, c.Metrics), "%+v": fmt.Sprintf("%+v", c), "%#v": fmt.Sprintf("%#v", *c)} {
		if strings.Contains(text, "pass-word") || strings.Contains(text, "0123456789abcdef") {
			t.Errorf("%s gives a secret away: %s", name, text)
		}
	}
	for _, want := range []string{"listen = \":9000\" # ", "parvis.toml:2", "[mail]\n", `password = "(set)"`, `url = "postgres://parvis:xxxxx@db.example/parvis"`,
		`trusted_proxies = ["10.0.0.0/8", "192.168.1.7/32"]`, `level = "debug"`, `file = "" # default`} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("lacks %s:\n%s", want, printed.String())
		}
	}
}

func TestSecretsFromTheirOwnFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("mail", "from-file\n", 0o600)
	token := write("token", "0123456789abcdef", 0o644)
	empty, lines := write("empty", "\n", 0o600), write("lines", "a\nb\n", 0o600)
	toml := write("parvis.toml", "[mail]\nhost = \"m\"\nuser = \"u\"\nfrom = \"a@b.example\"\npassword_file = \"mail\"\n", 0o600)
	c, err := config.Load(toml, []string{"PARVIS_METRICS_TOKEN_FILE=" + token})
	if err != nil {
		t.Fatal(err)
	}
	if c.Mail.Password.Reveal() != "from-file" || c.Metrics.Token.Reveal() != "0123456789abcdef" {
		t.Errorf("got %q and %q", c.Mail.Password.Reveal(), c.Metrics.Token.Reveal())
	}
	if len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0], "everybody") {
		t.Errorf("a file that everybody can read: %v", c.Warnings)
	}
	for _, path := range []string{empty, lines, filepath.Join(folder, "none")} {
		if _, err := config.Load("", []string{"PARVIS_METRICS_TOKEN_FILE=" + path}); err == nil || !strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestErrorsSayWhereAndWhatWouldBeRight(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"listen = \"8080\"":          "parvis.toml:1: listen: \"8080\" should be an address and a port",
		"listen = 8080":              "parvis.toml:1: listen: 8080 should be a text in quotation marks; it is address and port",
		"\n\nlisen = \":80\"":        "parvis.toml:3: there is no setting lisen; do you mean listen?",
		"[mail]\nport = \"mail\"":    "parvis.toml:2: mail.port: \"mail\" should be a whole number; it is its port",
		"[mail]\n\nport = 70000":     "parvis.toml:3: mail.port: 70000 should be from 1 to 65535",
		"port = 25":                  "parvis.toml:1: there is no setting port; do you mean mail.port? It belongs under [mail]",
		"[mail]\nsecurity = \"ssl\"": "parvis.toml:2: mail.security: \"ssl\" should be starttls, tls or none",
		"[mail]\nhost = \"m\"":       "PARVIS_MAIL_FROM: mail.from: \"\" should be a mail address",
		"[mail]\nhost = \"m\"\nfrom = \"a@b.c\"\nuser = \"u\"": "mail.user and mail.password go together",
		"[log]\nlevel = \"loud\"":                              "parvis.toml:2: log.level: \"loud\" should be debug, info, warn or error",
		"[log]\nformat = \"xml\"":                              "should be text or json",
		"public_demo = \"perhaps\"":                            "perhaps should be true or false",
		"trusted_proxies = [\"10.0.0.0/99\"]":                  "parvis.toml:1: trusted_proxies: \"10.0.0.0/99\" should be an address or a network",
		"trusted_proxies = 7":                                  "should be a list",
		"shutdown = \"soon\"":                                  "not a time such as",
		"shutdown = \"-5s\"":                                   "not a time such as",
		"data = \"\"":                                          "should name a folder",
		"[database]\nurl = \"mysql://u:pass-word@h/d\"":        "parvis.toml:2: database.url: it should be like postgres://",
		"[database]\nurl = \"postgres://h\"":                   "it should be like postgres://",
		"[database]\nreaders = -1":                             "0 or more",
		"[database]\nmax_conns = 1":                            "2 or more",
		"[s3]\nbucket = \"b\"":                                 "s3.secret: it is missing",
		"[s3]\nendpoint = \"e\"":                               "the bucket is missing",
		"[s3]\nbucket = \"b\"\nendpoint = \"https://e\"\nkey = \"k\"\nsecret = \"s\"": "a host and port alone",
		"[metrics]\ntoken = \"short\"":                               "at least 16",
		"[tiles]\naddress = \"https://t\"":                           "{z}/{x}/{y}",
		"[tiles]\naddress = \"https://t/{z}/{x}/{y}\"\nfile = \"f\"": "choose one",
		"[mail]\nhost_file = \"x\"":                                  "there is no setting mail.host_file",
		"listen = \"a:1\"\nlisten = \"b:1\"":                         "parvis.toml:2",
		"listen = ":                                                  "parvis.toml:1",
		"[nothing]\nat = 1":                                          "parvis.toml:2: there is no setting nothing.at",
	} {
		_, err := config.Load(file(t, "parvis.toml", text), nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "pass-word") {
			t.Errorf("%q: the error gives a secret away: %v", text, err)
		}
	}
}

func TestASecretOfTheWrongKindIsNotRepeated(t *testing.T) {
	t.Parallel()
	_, err := config.Load(file(t, "parvis.toml", "[mail]\npassword = 271828\n"), nil)
	if err == nil || strings.Contains(err.Error(), "271828") || !strings.Contains(err.Error(), "parvis.toml:2: mail.password: it should be a text") {
		t.Errorf("got %v", err)
	}
	if got := (config.Database{URL: "pass-word"}).Shown(); got != "(set)" {
		t.Errorf("got %q", got)
	}
	if got := (config.Database{}).Shown(); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	t.Parallel()
	_, err := config.Load(file(t, "parvis.toml", "lisen = \"x\"\nshutdown = \"soon\"\n[mail]\nport = true\n"), []string{"PARVIS_LOG_LEVEL=loud"})
	if err == nil || strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("got %v", err)
	}
	if _, err := config.Load(filepath.Join(t.TempDir(), "none.toml"), nil); err == nil {
		t.Error("a file that is not there passes")
	}
}

func TestStrangeVariablesAreWarnedOf(t *testing.T) {
	t.Parallel()
	c, err := config.Load("", []string{"PARVIS_LISTN=:1", "PARVIS_SERVICE_HOST=10.0.0.1", "PARVIS_MAIL_HOST_FILE=x"})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Warnings) != 3 || !strings.Contains(c.Warnings[0], "do you mean PARVIS_LISTEN?") {
		t.Errorf("got %q", c.Warnings)
	}
	if _, err := config.Load("", []string{"PARVIS_LISTEN=nowhere"}); err == nil || !strings.HasPrefix(err.Error(), "PARVIS_LISTEN: listen: ") {
		t.Errorf("got %v", err)
	}
	plain := []string{"PARVIS_MAIL_HOST=m", "PARVIS_MAIL_FROM=a@b.example", "PARVIS_MAIL_USER=u", "PARVIS_MAIL_PASSWORD=p", "PARVIS_MAIL_SECURITY=none"}
	if c, err := config.Load("", plain); err != nil || len(c.Warnings) != 1 {
		t.Errorf("a password in the open: %v, %v", c.Warnings, err)
	}
	if c, err := config.Load("", []string{"PARVIS_MAIL_FROM=a@b.example"}); err != nil || len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0], "mail.host") {
		t.Errorf("mail without its server: %v, %v", c.Warnings, err)
	}
}

// TestExampleIsAValidFile takes the comment signs away and reads it back: it must say what holds without it.
func TestExampleIsAValidFile(t *testing.T) {
	t.Parallel()
	var example bytes.Buffer
	if err := config.Example(&example); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(example.String()) {
		if rest, ok := strings.CutPrefix(line, "# "); ok && strings.Contains(line, " = ") {
			line = rest
		}
		lines = append(lines, line)
	}
	c, err := config.Load(file(t, "parvis.toml", strings.Join(lines, "")), nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, example.String())
	}
	bare, _ := config.Load("", nil)
	if fmt.Sprint(c.Listen, c.Mail, c.Database, c.Log, c.Tiles) != fmt.Sprint(bare.Listen, bare.Mail, bare.Database, bare.Log, bare.Tiles) {
		t.Error("the example says other than the defaults")
	}
	if !strings.Contains(example.String(), "(PARVIS_MAIL_PASSWORD)") || !strings.Contains(example.String(), "password_file") {
		t.Error("the example does not name variables and secret files")
	}
}

func TestAReadyFileIsReadBackFromPrint(t *testing.T) {
	t.Parallel()
	first, err := config.Load("", []string{"PARVIS_LISTEN=:81", "PARVIS_TRUSTED_PROXIES=10.0.0.0/8", "PARVIS_SHUTDOWN=3s"})
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	if err := first.Print(&printed); err != nil {
		t.Fatal(err)
	}
	second, err := config.Load(file(t, "parvis.toml", printed.String()), nil)
	if err != nil {
		t.Fatal(err)
	}
	if second.Listen != ":81" || second.Shutdown != 3*time.Second || len(second.TrustedProxies) != 1 {
		t.Errorf("got %+v", second)
	}
}

func TestFlagsGoOverAllAndAreLookedAt(t *testing.T) {
	t.Parallel()
	c, err := config.Load("", []string{"PARVIS_LISTEN=:1", "PARVIS_MAIL_FROM=a@b.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Override("--listen", "listen", ""); err != nil || c.Listen != ":1" {
		t.Errorf("nothing said: %q, %v", c.Listen, err)
	}
	if err := c.Override("--listen", "listen", ":2"); err != nil || c.Listen != ":2" || len(c.Warnings) != 1 {
		t.Errorf("%q, %v, %q", c.Listen, err, c.Warnings)
	}
	var b bytes.Buffer
	if err := c.Print(&b); err != nil || !strings.Contains(b.String(), `listen = ":2" # --listen`) {
		t.Errorf("%v\n%s", err, &b)
	}
	for value, key := range map[string]string{"nowhere": "listen", "127.0.0.1:99999": "listen", "mysql://x/secret": "database.url", "none": "no.such"} {
		if err := c.Override("--flag", key, value); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s %s: %v", key, value, err)
		}
	}
}
