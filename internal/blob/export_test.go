package blob

// DiskError lets a test give an error of the file system its kind.
var DiskError = diskError
