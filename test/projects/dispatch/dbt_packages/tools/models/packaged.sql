select {{ shout('a') }} as a, {{ whisper('B') }} as b, {{ who() }} as who, '{{ var('greeting') }}' as greeting, '{{ var('own', 'nothing') }}' as own
