namespace Vbs.Restores;

/// <summary>What becomes of a wish to move from one status to another.</summary>
public enum Move
{
    /// <summary>There is no such move: the status stays.</summary>
    Refused,

    /// <summary>The status may change.</summary>
    Allowed,

    /// <summary>The status is already there, which counts as made: the wish was repeated.</summary>
    AlreadyMade,
}
