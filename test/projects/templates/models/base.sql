select i as id, ['red', 'green', 'blue'][i % 3 + 1] as colour, i * 1.5 as amount from range(9) t(i)
