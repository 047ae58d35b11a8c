namespace Vbs.Restores;

/// <summary>How far a restore is. In the job API: INIT, RUNNING, SUCCESS, FAIL.</summary>
public enum RestoreStatus
{
    /// <summary>Stored, and bound to end; no work done yet.</summary>
    Accepted,

    /// <summary>Planning, writing or completing.</summary>
    Running,

    /// <summary>Every byte verified and written. Final.</summary>
    Succeeded,

    /// <summary>Ended with a <see cref="RestoreFault"/>. Final.</summary>
    Failed,
}
