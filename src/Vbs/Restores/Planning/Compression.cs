namespace Vbs.Restores.Planning;

/// <summary>How a chunk object is stored (cinder/backup/chunkeddriver.py, <c>_get_compressor</c>).</summary>
public enum Compression
{
    /// <summary>As it is: <c>none</c>, <c>off</c>, <c>no</c>.</summary>
    None,

    /// <summary>RFC 1950: <c>zlib</c>, <c>gzip</c> (Cinder writes zlib under both names).</summary>
    Zlib,

    /// <summary>bzip2: <c>bz2</c>, <c>bzip2</c>.</summary>
    Bz2,

    /// <summary>RFC 8878: <c>zstd</c>.</summary>
    Zstd,
}
