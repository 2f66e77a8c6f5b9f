package blob_test

import (
	"context"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"parvis/internal/blob"
	"parvis/internal/problem"
)

// bucket starts an S3 server of another make and opens a bucket of it.
func bucket(t *testing.T) blob.Bucket {
	t.Helper()
	backend := s3mem.New()
	server := httptest.NewTLSServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	if err := backend.CreateBucket("files"); err != nil {
		t.Fatal(err)
	}
	return blob.Bucket{Endpoint: strings.TrimPrefix(server.URL, "https://"), Secure: true, Roots: roots, Name: "files", Region: "us-east-1", Prefix: "auch/",
		Key: "key", Secret: "secret"}
}

func openS3(t *testing.T, b blob.Bucket) *blob.S3 {
	t.Helper()
	store, err := blob.OpenS3(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func TestS3(t *testing.T) {
	t.Parallel()
	suite(t, openS3(t, bucket(t)))
}

func TestS3KeepsPrefixesApart(t *testing.T) {
	t.Parallel()
	b := bucket(t)
	auch := openS3(t, b)
	b.Prefix = "nord/"
	nord := openS3(t, b)
	kept, err := auch.Put(t.Context(), strings.NewReader("of Auch"), 100)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := nord.Open(t.Context(), kept.Name); !problem.Is(err, problem.NotFound) {
		t.Errorf("one territory's file opens in another: %v", err)
	}
	if len(names(t, nord)) != 0 || len(names(t, auch)) != 1 {
		t.Error("one territory lists another's files")
	}
}

func TestS3WithoutABucket(t *testing.T) {
	t.Parallel()
	b := bucket(t)
	b.Name = "elsewhere"
	if _, err := blob.OpenS3(t.Context(), b); !problem.Is(err, problem.NotFound) {
		t.Errorf("no bucket: %v", err)
	}
}

func TestS3TrustsNobodyUnknown(t *testing.T) {
	t.Parallel()
	b := bucket(t)
	b.Roots = x509.NewCertPool()
	if _, err := blob.OpenS3(t.Context(), b); err == nil {
		t.Error("a certificate of nobody known is trusted")
	}
}

func TestS3OutOfReach(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := bucket(t)
	b.Endpoint = l.Addr().String()
	_ = l.Close()
	if _, err := blob.OpenS3(context.WithoutCancel(t.Context()), b); !problem.Is(err, problem.Unavailable) {
		t.Errorf("nobody answers: %v", err)
	}
}
