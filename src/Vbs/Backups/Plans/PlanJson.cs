using System.Text.Json.Serialization;
using Vbs.Restores.Planning;

namespace Vbs.Backups;

/// <summary>A segment's line in the plan: its stored members, computed ones left out.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Segment))]
internal sealed partial class PlanJson : JsonSerializerContext;
