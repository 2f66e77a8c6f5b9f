package web

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

type peerKey struct{}

// peer is who speaks to us, after the trusted proxies were heard.
type peer struct {
	addr    netip.Addr // of the person; invalid when it cannot be read
	https   bool       // as the person reaches us
	direct  bool       // no proxy said anything
	foreign bool       // a header of a proxy that is not trusted was there, and ignored
}

// peerOf is what findPeer noted; the zero peer outside a handler.
func peerOf(r *http.Request) peer {
	p, _ := r.Context().Value(peerKey{}).(peer)
	return p
}

// secure reports whether the person reaches us over https.
func secure(r *http.Request) bool { return r.TLS != nil || peerOf(r).https }

// findPeer reads who is there. Forwarding headers count only when the address that connected is a trusted proxy; then
// the person is the last address of X-Forwarded-For that is not itself one.
func findPeer(r *http.Request, trusted []netip.Prefix) peer {
	from, _ := netip.ParseAddrPort(r.RemoteAddr)
	p := peer{addr: from.Addr().Unmap(), https: r.TLS != nil}
	forwarded := r.Header["X-Forwarded-For"]
	p.direct = len(forwarded) == 0 && r.Header["Forwarded"] == nil && r.Header["X-Forwarded-Proto"] == nil
	if p.direct {
		return p
	}
	if !believed(p.addr, trusted) {
		p.foreign = true
		return p
	}
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for _, hop := range slices.Backward(hops) {
		addr, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		p.addr = addr.Unmap()
		if !believed(p.addr, trusted) {
			break
		}
	}
	p.https = p.https || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
	return p
}

func believed(addr netip.Addr, trusted []netip.Prefix) bool {
	return slices.ContainsFunc(trusted, func(net netip.Prefix) bool { return net.Contains(addr) })
}

func withPeer(r *http.Request, p peer) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), peerKey{}, p))
}

// network is what a limit counts: an IPv4 address, an IPv6 /64, which is what one household or office has.
func (p peer) network() netip.Addr {
	if p.addr.Is6() {
		prefix, err := p.addr.WithZone("").Prefix(64)
		if err == nil {
			return prefix.Addr()
		}
	}
	return p.addr
}
