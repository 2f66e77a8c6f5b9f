package blob

// DiskError lets a test give an error of the file system its kind.
var DiskError = diskError

// CleanName lets a test see how a file name is kept.
var CleanName = cleanName
