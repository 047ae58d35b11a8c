using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace LocalRuntime.Durable.History;

/// <summary>Something that happened to an orchestration from outside its code.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(ActivityCompleted), "completed")]
[JsonDerivedType(typeof(ActivityFailed), "failed")]
[JsonDerivedType(typeof(TimerFired), "fired")]
[JsonDerivedType(typeof(EventRaised), "event")]
internal abstract record Arrival
{
    /// <summary>The execution begins; always the first.</summary>
    internal sealed record Started : Arrival;

    /// <summary>An activity returned.</summary>
    internal sealed record ActivityCompleted(int TaskId, string? Result) : Arrival;

    /// <summary>An activity threw.</summary>
    internal sealed record ActivityFailed(int TaskId, TaskFailureDetails Failure) : Arrival;

    /// <summary>A durable timer's time has come.</summary>
    internal sealed record TimerFired(int TaskId) : Arrival;

    /// <summary>A client sent an event.</summary>
    internal sealed record EventRaised(string Name, string? Payload) : Arrival;
}
