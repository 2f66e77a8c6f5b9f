// Package notifyweb shows what a demo would have sent: /_mail, the letters that were captured, newest first. In anything
// but a demo the page does not exist.
package notifyweb
