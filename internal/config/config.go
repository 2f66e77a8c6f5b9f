package config

import (
	"log/slog"
	"net/netip"
	"time"
)

// Config is all settings of an installation. Territories are not here: they are packs and databases.
type Config struct {
	Listen         string         `key:"listen" default:"127.0.0.1:8080" help:"address and port to answer on"`
	Data           string         `key:"data" default:"parvis-data" help:"folder of databases, files and keys"`
	PublicDemo     bool           `key:"public_demo" default:"false" help:"let a demo answer others than this machine"`
	TrustedProxies []netip.Prefix `key:"trusted_proxies" help:"whose X-Forwarded-* headers are believed, as 10.0.0.0/8"`
	Shutdown       time.Duration  `key:"shutdown" default:"20s" help:"how long requests may take to end when stopping"`

	Database Database `key:"database"`
	Log      Log      `key:"log"`
	Mail     Mail     `key:"mail"`
	S3       S3       `key:"s3"`
	Metrics  Metrics  `key:"metrics"`
	Tiles    Tiles    `key:"tiles"`

	Warnings []string          // what is not wrong but should be looked at
	sources  map[string]string // key -> where its value comes from; not there for defaults
}

// Database says where territories are kept. Without a URL each is an SQLite file in the data folder.
type Database struct {
	URL      Secret `key:"url" help:"postgres://user:password@host/name, one schema a territory; empty for SQLite files"`
	Readers  int    `key:"readers" default:"0" help:"SQLite readers of a territory; 0 for one a core"`
	MaxConns int    `key:"max_conns" default:"40" help:"PostgreSQL connections of all territories together"`
	NoMmap   bool   `key:"no_mmap" default:"false" help:"read SQLite files without mapping them, for failing disks"`
}

// Log says what is logged and how.
type Log struct {
	Level  slog.Level `key:"level" default:"info" help:"debug, info, warn or error"`
	Format string     `key:"format" default:"text" help:"text or json"`
}

// Mail is the server that takes the outgoing mail. Without a host no mail is sent.
type Mail struct {
	Host     string `key:"host" help:"name of the mail server; empty sends nothing"`
	Port     int    `key:"port" default:"587" help:"its port"`
	Security string `key:"security" default:"starttls" help:"starttls, tls or none"`
	User     string `key:"user" help:"name to sign in with, if any"`
	Password Secret `key:"password" help:"password to sign in with"`
	From     string `key:"from" help:"sender, as parvis@town.example"`
}

// S3 is the object store for files. Without a bucket files are kept in the data folder.
type S3 struct {
	Endpoint string `key:"endpoint" help:"host and port of the store, without https://"`
	Bucket   string `key:"bucket" help:"bucket; empty keeps files in the data folder"`
	Region   string `key:"region" help:"region, if the store has any"`
	Key      string `key:"key" help:"access key"`
	Secret   Secret `key:"secret" help:"secret key"`
	Plain    bool   `key:"plain" default:"false" help:"speak http, for a store on the same machine"`
}

// Metrics are for the operator's own monitoring.
type Metrics struct {
	Token Secret `key:"token" help:"what a monitor must send to read /metrics; without it only this machine may"`
}

// Tiles are the background of maps. Without any the server draws from the outlines that it has.
type Tiles struct {
	File    string `key:"file" help:"PMTiles file"`
	Address string `key:"address" help:"tile server, with {z}, {x} and {y}"`
	Credit  string `key:"credit" help:"whom the map must name"`
}

// Secret is a setting that must not be seen. Printed in any way it says only that it is set.
type Secret string

const hidden = "(set)"

// String never gives the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// GoString never gives the secret.
func (s Secret) GoString() string { return s.String() }

// MarshalText never gives the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Reveal gives the secret to the one who needs it.
func (s Secret) Reveal() string { return string(s) }
