package search

// merged puts fresh elements into a list; both are sorted. The list is changed in place, from its end; from first on it
// differs from what it was.
func merged[T any](list, fresh []T, compare func(a, b T) int) (all []T, first int) {
	i, j := len(list)-1, len(fresh)-1
	all = append(list, fresh...)
	first = len(all)
	for j >= 0 {
		first--
		if i >= 0 && compare(all[i], fresh[j]) > 0 {
			all[first] = all[i]
			i--
		} else {
			all[first] = fresh[j]
			j--
		}
	}
	return all, first
}
