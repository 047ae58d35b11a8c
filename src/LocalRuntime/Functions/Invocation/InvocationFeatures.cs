using System.Collections;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Invocation;

/// <inheritdoc/>
internal sealed class InvocationFeatures : IInvocationFeatures
{
    private readonly Dictionary<Type, object> features = [];

    /// <inheritdoc/>
    public void Set<T>(T instance)
    {
        if (instance is null)
        {
            features.Remove(typeof(T));
        }
        else
        {
            features[typeof(T)] = instance;
        }
    }

    /// <inheritdoc/>
    public T? Get<T>() => features.TryGetValue(typeof(T), out var instance) ? (T)instance : default;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
