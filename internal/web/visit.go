package web

import (
	"net/http"
	"net/netip"
)

// Secure reports whether the person reaches us over https: what must not cross an open network asks first.
func Secure(r *http.Request) bool { return secure(r) }

// Network is where the person asks from, as the limits count it: an IPv4 address, or the first of an IPv6 /64. It is
// invalid outside of a handler of this package.
func Network(r *http.Request) netip.Addr { return peerOf(r).network() }

// OnThisMachine reports whether the person sits at the machine itself, with no proxy between.
func OnThisMachine(r *http.Request) bool {
	p := peerOf(r)
	return p.direct && p.addr.IsLoopback()
}
