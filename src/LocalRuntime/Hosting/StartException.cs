using System.Diagnostics.CodeAnalysis;

namespace LocalRuntime.Hosting;

/// <summary>The app cannot start, for a reason its developer can mend. The message is one sentence for a person.</summary>
[SuppressMessage("Design", "CA1064", Justification = "Thrown and caught in this project only.")]
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
