using Vbs.Restores;

namespace VbsFunctions.Http.Views;

/// <summary>How far a restore is, in whole percent.</summary>
internal static class Progress
{
    /// <summary>0 to 100, rounded down: 0 until the restore is planned, 100 once every byte is written or it has succeeded.</summary>
    public static int PercentOf(Restore restore) => restore switch
    {
        { Status: RestoreStatus.Succeeded } => 100,
        { BytesTotal: > 0 and var total } => (int)(Math.Min(restore.BytesDone, total) * 100.0 / total),
        _ => 0,
    };
}
