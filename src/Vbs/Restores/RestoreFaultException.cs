namespace Vbs.Restores;

/// <summary>Carries a fault from deep inside a stream to the edge of its activity, which returns it as a value. It never leaves the process.</summary>
public sealed class RestoreFaultException : Exception
{
    /// <summary>Carries a fault.</summary>
    public RestoreFaultException(RestoreFault fault)
        : base(fault.Reason) => Fault = fault;

    /// <summary>What will not pass.</summary>
    public RestoreFault Fault { get; }
}
