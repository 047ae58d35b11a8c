namespace Vbs.Restores.Planning;

/// <summary>The work of one activity: some consecutive chunk objects. Running it twice writes the same bytes.</summary>
/// <param name="Index">Its number in the plan, from 0.</param>
/// <param name="Objects">What it fetches, each once.</param>
public sealed record Segment(int Index, IReadOnlyList<SegmentObject> Objects)
{
    /// <summary>Bytes it will write.</summary>
    public long LiveBytes => Objects.Sum(part => part.LiveBytes);
}
