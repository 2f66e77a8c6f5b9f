package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"parvis/internal/app"
)

func demoCommand(s *settings) *cobra.Command {
	var public bool
	command := &cobra.Command{
		Use:   "demo",
		Short: "five territories to try; nothing in it is real and nothing is sent",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			o.Config.PublicDemo = o.Config.PublicDemo || public
			if !o.Config.PublicDemo && !app.OnlyHere(o.Config.Listen) {
				return fmt.Errorf("a demo lets anybody sign in as anyone, so it answers this machine alone; %s is open to others: add --public-demo to mean it", o.Config.Listen)
			}
			o.Demo = true
			if o.Packs, err = app.DemoPacks(); err != nil {
				return err
			}
			return serve(cmd.Context(), o)
		},
	}
	command.Flags().StringVar(&s.listen, "listen", "", "address and port to answer on (127.0.0.1:8080)")
	command.Flags().BoolVar(&public, "public-demo", false, "answer others than this machine")
	return command
}

func serveCommand(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "serve",
		Short: "serve the territories of the data folder",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := s.load()
			if err != nil {
				return err
			}
			return serve(cmd.Context(), o)
		},
	}
	command.Flags().StringVar(&s.listen, "listen", "", "address and port to answer on")
	return command
}

// serve opens the installation and answers until it is told to stop, or a disk no longer keeps what it is given.
func serve(ctx context.Context, o app.Options) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	o.Fatal = func(cause error) { fail(fmt.Errorf("the disk does not keep what it is given: %w", cause)) }
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", o.Config.Listen)
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return fmt.Errorf("%s is taken: another program, perhaps Parvis itself, answers there; --listen or the setting listen names another port", o.Config.Listen)
		}
		return fmt.Errorf("listen: %w", err)
	}
	defer listener.Close()
	a, err := app.Open(ctx, o)
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1) // requests are read while every core makes a page: decision 12
	say("Parvis answers on http://%s/ after %s", listener.Addr(), a.Took().Round(time.Millisecond))
	err = errors.Join(a.Serve(ctx, listener), a.Close())
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		err = errors.Join(cause, err)
	}
	return err
}
