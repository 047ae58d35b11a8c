namespace Vbs.Restores.Planning;

/// <summary>What a plan comes to. The plan itself and its digest index are blobs, found by the restore's id.</summary>
/// <param name="SegmentCount">How many segments it has; 0 for a backup without objects.</param>
/// <param name="BytesTotal">Bytes the segments prove and put on the volume, zeros included.</param>
/// <param name="BlockBytes">Length of a digest's block.</param>
/// <param name="ContentBytes">Bytes the digest index speaks of: the length of the backed-up content.</param>
/// <param name="Fresh">Whether the volume read as zeros when the restore took its lease: zeros need not be written to it.</param>
public sealed record RestorePlan(int SegmentCount, long BytesTotal, int BlockBytes, long ContentBytes, bool Fresh = false);
