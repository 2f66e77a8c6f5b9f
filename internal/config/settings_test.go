package config_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"parvis/internal/config"
)

// TestEverySettingIsInTheGuide holds docs/operate/settings.md to the settings that there are.
func TestEverySettingIsInTheGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/operate/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	var example bytes.Buffer
	if err := config.Example(&example); err != nil {
		t.Fatal(err)
	}
	section, settings, help := "", 0, ""
	for line := range strings.Lines(example.String()) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]") + "."
			continue
		}
		comment := strings.TrimPrefix(line, "# ")
		name, value, ok := strings.Cut(comment, " = ")
		if !ok {
			help, _, _ = strings.Cut(comment, " (PARVIS_")
			help, _, _ = strings.Cut(help, "; better in a file")
			continue
		}
		settings++
		row := "| `" + section + name + "` | `" + value + "` | " + help + " |"
		if !strings.Contains(string(guide), row) {
			t.Errorf("docs/operate/settings.md lacks the row\n%s", row)
		}
	}
	if rows := strings.Count(string(guide), "\n| `"); rows != settings || settings < 25 {
		t.Errorf("%d settings, %d rows in docs/operate/settings.md", settings, rows)
	}
}

// TestVariablesAreTheKeysInCapitals is what the guide promises.
func TestVariablesAreTheKeysInCapitals(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"listen": "PARVIS_LISTEN", "mail.host": "PARVIS_MAIL_HOST", "database.max_conns": "PARVIS_DATABASE_MAX_CONNS"} {
		if got := config.Variable(key); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
}

// TestTheLastWordWins: a default, then the file, then the environment; each kind of value.
func TestTheLastWordWins(t *testing.T) {
	t.Parallel()
	path := file(t, "parvis.toml", "public_demo = true\nshutdown = \"1s\"\ntrusted_proxies = [\"10.0.0.1\"]\n[mail]\nport = 26\n[metrics]\ntoken = \"aaaaaaaaaaaaaaaa\"\n")
	for _, c := range []struct {
		name    string
		environ []string
		ok      func(*config.Config) bool
	}{
		{"nothing said", nil, func(c *config.Config) bool {
			return c.PublicDemo && c.Mail.Port == 26 && len(c.TrustedProxies) == 1 && c.Mail.Security == "starttls"
		}},
		{"switch off", []string{"PARVIS_PUBLIC_DEMO=off"}, func(c *config.Config) bool { return !c.PublicDemo }},
		{"switch emptied", []string{"PARVIS_PUBLIC_DEMO="}, func(c *config.Config) bool { return !c.PublicDemo }},
		{"number", []string{"PARVIS_MAIL_PORT= 27 "}, func(c *config.Config) bool { return c.Mail.Port == 27 }},
		{"list emptied", []string{"PARVIS_TRUSTED_PROXIES="}, func(c *config.Config) bool { return c.TrustedProxies == nil }},
		{"secret", []string{"PARVIS_METRICS_TOKEN=bbbbbbbbbbbbbbbb"}, func(c *config.Config) bool { return c.Metrics.Token.Reveal()[0] == 'b' }},
		{"time", []string{"PARVIS_SHUTDOWN=2m"}, func(c *config.Config) bool { return c.Shutdown.Minutes() == 2 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := config.Load(path, c.environ)
			if err != nil || !c.ok(got) {
				t.Errorf("%v, %+v", err, got)
			}
		})
	}
}
