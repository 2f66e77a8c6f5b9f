package blob

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"parvis/internal/problem"
)

// Bucket says where an S3 bucket is and how to get in. The prefix keeps territories that share a bucket apart: it ends
// with a slash or is empty.
type Bucket struct {
	Endpoint string // host:port, without a scheme
	Secure   bool   // https
	Region   string
	Name     string
	Prefix   string
	Key      string
	Secret   string
	Roots    *x509.CertPool // whom to trust for https; the system's when nil
}

// S3 keeps files in a bucket. Its bytes are safe when the bucket has confirmed them.
type S3 struct {
	client *minio.Client
	bucket Bucket
}

// partSize is what one file being kept holds in memory: files are read once, and their length is not known before.
const partSize = 5 << 20

// OpenS3 opens a bucket, and fails when it cannot be reached or is not there.
func OpenS3(ctx context.Context, bucket Bucket) (*S3, error) {
	transport, err := minio.DefaultTransport(bucket.Secure)
	if err != nil {
		return nil, fmt.Errorf("open bucket %s: %w", bucket.Name, err)
	}
	if bucket.Roots != nil {
		transport.TLSClientConfig.RootCAs = bucket.Roots
	}
	client, err := minio.New(bucket.Endpoint, &minio.Options{
		Creds:  credentials.NewStaticV4(bucket.Key, bucket.Secret, ""),
		Secure: bucket.Secure, Region: bucket.Region, MaxRetries: 3, Transport: transport,
	})
	if err != nil {
		return nil, fmt.Errorf("open bucket %s: %w", bucket.Name, err)
	}
	there, err := client.BucketExists(ctx, bucket.Name)
	if err != nil {
		return nil, bucketError("open bucket "+bucket.Name, err)
	}
	if !there {
		return nil, problem.Because(problem.NotFound, fmt.Errorf("open bucket %s at %s: there is none", bucket.Name, bucket.Endpoint))
	}
	return &S3{client: client, bucket: bucket}, nil
}

// Put sends r's bytes to the bucket. When r fails or is too long, nothing stays behind.
func (s *S3) Put(ctx context.Context, r io.Reader, limit int64) (Kept, error) {
	name := newName()
	m := newMeter(r, limit)
	var start bytes.Buffer
	_, err := io.CopyN(&start, m, partSize)
	from, size := io.Reader(&start), int64(start.Len()) // a small file goes out whole, its length said first
	if err == nil {
		from, size = io.MultiReader(&start, m), -1
	}
	if err == nil || errors.Is(err, io.EOF) {
		_, err = s.client.PutObject(ctx, s.bucket.Name, s.bucket.Prefix+name, from, size,
			minio.PutObjectOptions{ContentType: "application/octet-stream", PartSize: partSize, DisableContentSha256: size == 0})
	}
	if err != nil {
		return Kept{}, bucketError("keep a file", err)
	}
	return m.kept(name), nil
}

// Open gives the bytes of a file as they come.
func (s *S3) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	object, err := s.client.GetObject(ctx, s.bucket.Name, s.bucket.Prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, bucketError("open file "+name, err)
	}
	if _, err := object.Stat(); err != nil {
		_ = object.Close()
		return nil, bucketError("open file "+name, err)
	}
	return object, nil
}

// Remove deletes a file.
func (s *S3) Remove(ctx context.Context, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	err := s.client.RemoveObject(ctx, s.bucket.Name, s.bucket.Prefix+name, minio.RemoveObjectOptions{})
	if err := bucketError("remove file "+name, err); err != nil && !problem.Is(err, problem.NotFound) {
		return err
	}
	return nil
}

// Walk calls f with every file under the prefix.
func (s *S3) Walk(ctx context.Context, f func(string, time.Time) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for object := range s.client.ListObjectsIter(ctx, s.bucket.Name, minio.ListObjectsOptions{Prefix: s.bucket.Prefix, Recursive: true}) {
		if object.Err != nil {
			return bucketError("list files", object.Err)
		}
		name := object.Key[len(s.bucket.Prefix):]
		if !ValidName(name) {
			continue
		}
		if err := f(name, object.LastModified); err != nil {
			return err
		}
	}
	return nil
}

// bucketError gives an error of the bucket its kind. What the reader said (too large) keeps the kind it has.
func bucketError(doing string, err error) error {
	var ours *problem.Error
	if err == nil || errors.As(err, &ours) {
		return err
	}
	answer := minio.ToErrorResponse(err)
	switch {
	case answer.StatusCode == http.StatusNotFound || answer.Code == minio.NoSuchKey:
		err = problem.Because(problem.NotFound, err)
	case answer.StatusCode == http.StatusInsufficientStorage || answer.Code == "XMinioStorageFull":
		err = problem.Because(problem.Full, err)
	case answer.StatusCode == 0 || answer.StatusCode >= http.StatusInternalServerError:
		err = problem.Because(problem.Unavailable, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
