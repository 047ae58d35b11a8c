using System.Text.Json.Serialization;

namespace LocalRuntime.Durable.History;

/// <summary>Something that an orchestrator's code asked for. The same history must lead it to the same decisions.</summary>
/// <param name="TaskId">Its number within the execution; from 0, in the order of asking.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CallActivity), "call")]
[JsonDerivedType(typeof(CreateTimer), "timer")]
internal abstract record Decision(int TaskId)
{
    /// <summary>For a person: what it is, and its number.</summary>
    public abstract string Describe();

    /// <summary>Whether a replay that asks for <paramref name="other"/> in this one's place is still the same orchestration.</summary>
    public abstract bool IsSameAs(Decision other);

    /// <summary>Run an activity.</summary>
    internal sealed record CallActivity(int TaskId, string Name, string? Input) : Decision(TaskId)
    {
        /// <inheritdoc/>
        public override string Describe() => $"activity '{Name}' (#{TaskId})";

        /// <inheritdoc/>
        public override bool IsSameAs(Decision other) =>
            other is CallActivity call && call.TaskId == TaskId && string.Equals(call.Name, Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Wait until a point in time.</summary>
    internal sealed record CreateTimer(int TaskId, DateTimeOffset FireAt) : Decision(TaskId)
    {
        /// <inheritdoc/>
        public override string Describe() => $"a timer (#{TaskId})";

        /// <inheritdoc/>
        public override bool IsSameAs(Decision other) => other is CreateTimer && other.TaskId == TaskId;
    }
}
